# shellcheck shell=bash
# What the engine takes for a plan, its script and a record, in one Java process, by JMH of Maven Central.

plan_rows() {
    local jmh=target/bench/classes
    mvn -q -B -f src/bench/pom.xml compile dependency:build-classpath -Dmdep.outputFile="$WORK/classpath" </dev/null
    java -cp "$jmh:$JAR:$(cat "$WORK/classpath")" org.openjdk.jmh.Main -f 1 -wi 5 -w 1 -i 5 -r 1 -prof gc \
        -rf json -rff "$WORK/jmh.json" >"$WORK/jmh.log" 2>&1 || {
        rig_fail "the benchmark of plans failed" "$(tail -n 3 "$WORK/jmh.log")" "see src/bench"
        return 1
    }
    python3 - "$WORK/jmh.json" "$WORK/rows.jsonl" <<'PYTHON'
import json, sys

with open(sys.argv[1]) as results, open(sys.argv[2], "a") as rows:
    for result in sorted(json.load(results), key=lambda r: (r["benchmark"], int(r["params"]["tags"]))):
        name = result["benchmark"].rsplit(".", 1)[1]
        text = f'{name} of {result["params"]["tags"]} tags and build arguments, in one Java process'
        millis = result["primaryMetric"]["score"]
        kilobytes = next(
            metric["score"] for key, metric in result["secondaryMetrics"].items() if key.endswith("gc.alloc.rate.norm")
        ) / 1000
        print(f"{text:<72} {millis:8.3f} ms   {kilobytes:8.0f} kB")
        rows.write(json.dumps({"row": text, "value": round(millis, 4), "unit": "ms", "kilobytes": round(kilobytes)}) + "\n")
PYTHON
}
