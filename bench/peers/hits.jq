# The question of T1021.007 for JSON lines: an object for each event that hits. $cli are the texts of cloud CLIs. As json auto makes
# fields of the elements of an array, and none of the whole, only networkLocationDetails that is a text can hit.
def blank: . == null or (type == "string" and test("^\\s*$"));
def at($path): try getpath($path) catch null;
def first_of($paths; $otherwise):
  . as $e | [($paths[] | . as $p | $e | at($p) | select(blank | not)), $otherwise][0];
first_of([["CommandLine"], ["command_line"], ["process", "command_line"]]; "") as $cmd
| at(["properties", "riskLevelDuringSignIn"]) as $risk
| select(
    ($cmd | tostring | . as $text | any($cli[]; . as $l | $text | contains($l)))
    or ((($risk == "medium" or $risk == "high") or (at(["properties", "networkLocationDetails"]) | type == "string" and contains("anonymizedIP")))
        and at(["properties", "status", "errorCode"]) == 0)
    or (.eventName == "ConsoleLogin" and at(["responseElements", "ConsoleLogin"]) == "Success" and at(["additionalEventData", "MFAUsed"]) == "No"))
| {actor: first_of([["SubjectUserName"], ["properties", "userPrincipalName"], ["userIdentity", "arn"]]; "-"),
   src_ip: first_of([["IpAddress"], ["properties", "ipAddress"], ["sourceIPAddress"]]; "-"),
   cmd_line: $cmd, _count: 1}
