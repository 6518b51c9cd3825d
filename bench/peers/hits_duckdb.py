"""The question of T1021.007 by DuckDB over typed columns, as hits.jq has it. Arguments: file of the texts of cloud CLIs, then the logs."""
import json
import sys

import duckdb

cli = open(sys.argv[1]).read().splitlines()
columns = {name: "VARCHAR" for name in ("CommandLine", "command_line", "SubjectUserName", "IpAddress", "sourceIPAddress", "eventName")} | {
    "process": "JSON",
    "properties": "STRUCT(riskLevelDuringSignIn VARCHAR, networkLocationDetails JSON, status STRUCT(errorCode BIGINT), userPrincipalName VARCHAR, ipAddress VARCHAR)",
    "userIdentity": "STRUCT(arn VARCHAR)",
    "responseElements": "JSON",
    "additionalEventData": "JSON",
}
db = duckdb.connect()
db.execute("SET threads = 2")
rows = db.execute(
    """
WITH e AS (
  SELECT *,
    CASE WHEN trim(CommandLine) != '' THEN CommandLine WHEN trim(command_line) != '' THEN command_line
         WHEN trim(process->>'command_line') != '' THEN process->>'command_line' ELSE '' END AS cmd
  FROM read_json($logs, format = 'newline_delimited', columns = $columns, maximum_object_size = 67108864))
SELECT coalesce(nullif(trim(SubjectUserName), ''), nullif(trim(properties.userPrincipalName), ''), nullif(trim(userIdentity.arn), ''), '-') AS actor,
  coalesce(nullif(trim(IpAddress), ''), nullif(trim(properties.ipAddress), ''), nullif(trim(sourceIPAddress), ''), '-') AS src_ip,
  cmd AS cmd_line, count(*)
FROM e
WHERE len(list_filter($cli, lambda t: contains(cmd, t))) > 0
  OR ((properties.riskLevelDuringSignIn IN ('medium', 'high') OR json_type(properties.networkLocationDetails) = 'VARCHAR' AND contains(properties.networkLocationDetails::VARCHAR, 'anonymizedIP'))
      AND properties.status.errorCode = 0)
  OR (eventName = 'ConsoleLogin' AND responseElements->>'ConsoleLogin' = 'Success' AND additionalEventData->>'MFAUsed' = 'No')
GROUP BY ALL""".replace("$columns", json.dumps(columns).replace('"', "'")),
    {"logs": sys.argv[2:], "cli": cli},
).fetchall()
for actor, src_ip, cmd_line, count in rows:
    print(json.dumps({"actor": actor, "src_ip": src_ip, "cmd_line": cmd_line, "_count": count}))
