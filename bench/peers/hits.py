"""The question of T1021.007 for JSON lines on standard input, as hits.jq has it. Arguments: file of the texts of cloud CLIs, file of
the texts that a line must hold to be parsed, if lines are to be chosen by them."""
import json
import sys


def texts(path):
    with open(path, "rb") as f:
        return f.read().splitlines()


def at(event, *path):
    for key in path:
        event = event.get(key) if isinstance(event, dict) else None
    return event


def first_of(event, paths, otherwise):
    for path in paths:
        value = at(event, *path)
        if value is not None and str(value).strip():
            return value
    return otherwise


cli = [t.decode() for t in texts(sys.argv[1])]
needed = texts(sys.argv[2]) if len(sys.argv) > 2 else []
for line in sys.stdin.buffer:
    if needed and not any(t in line for t in needed):
        continue
    e = json.loads(line)
    cmd = first_of(e, [["CommandLine"], ["command_line"], ["process", "command_line"]], "")
    risky = at(e, "properties", "riskLevelDuringSignIn") in ("medium", "high")
    network = at(e, "properties", "networkLocationDetails")
    hidden = isinstance(network, str) and "anonymizedIP" in network
    console = at(e, "eventName") == "ConsoleLogin" and at(e, "responseElements", "ConsoleLogin") == "Success"
    if (
        any(t in cmd for t in cli)
        or (risky or hidden) and at(e, "properties", "status", "errorCode") == 0
        or console and at(e, "additionalEventData", "MFAUsed") == "No"
    ):
        actor = first_of(e, [["SubjectUserName"], ["properties", "userPrincipalName"], ["userIdentity", "arn"]], "-")
        ip = first_of(e, [["IpAddress"], ["properties", "ipAddress"], ["sourceIPAddress"]], "-")
        print(json.dumps({"actor": actor, "src_ip": ip, "cmd_line": cmd, "_count": 1}))
