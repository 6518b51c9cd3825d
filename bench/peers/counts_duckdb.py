"""How many events have which eventName and awsRegion, by DuckDB over typed columns. Arguments: the logs."""
import json
import sys

import duckdb

db = duckdb.connect()
db.execute("SET threads = 2")
rows = db.execute(
    """
SELECT eventName, awsRegion, count(*)
FROM read_json($logs, format = 'newline_delimited', columns = {'eventName': 'VARCHAR', 'awsRegion': 'VARCHAR'}, maximum_object_size = 67108864)
GROUP BY ALL""",
    {"logs": sys.argv[1:]},
).fetchall()
for name, region, count in rows:
    print(json.dumps({"eventName": name, "awsRegion": region, "_count": count}))
