import ExampleSupport

/// The results of a run, as a table and as JSON.
struct BenchmarkReport: Sendable {
    /// What was measured, in order.
    let measurements: [Measurement]

    /// The figures of every benchmark, a row each.
    var table: Table {
        var table = Table(
            "Median time of an operation, and the speed in parts of the baseline's",
            [
                .text("benchmark"), .number("library"), .number("baseline"), .number("ratio"), .number("min-max"),
                .text("bar"),
            ]
        )
        for measurement in measurements {
            let ratios = measurement.ratios
            table.add(
                measurement.benchmark.name,
                Self.time(measurement.subject?.picosecondsPerOperation?.median),
                Self.time(measurement.baseline?.picosecondsPerOperation?.median),
                Self.ratio(ratios?.median),
                ratios.map { Self.ratio($0.minimum) + "-" + Self.ratio($0.maximum) } ?? "-",
                Self.verdict(measurement)
            )
        }
        return table
    }

    /// The memory that one operation leaves in use; nil when no benchmark measures it.
    var memoryTable: Table? {
        let measured = measurements.filter { $0.baseline?.residentBytesPerOperation != nil }
        guard !measured.isEmpty else { return nil }
        var table = Table(
            "Resident memory that an operation leaves in use, in bytes",
            [.text("benchmark"), .number("library"), .number("baseline")]
        )
        for measurement in measured {
            table.add(
                measurement.benchmark.name,
                measurement.subject?.residentBytesPerOperation.map { Format.count($0) } ?? "-",
                measurement.baseline?.residentBytesPerOperation.map { Format.count($0) } ?? "-"
            )
        }
        return table
    }

    /// How long single operations waited, a row for each side; nil when no benchmark measures it.
    var waitTable: Table? {
        let rows = measurements.flatMap { measurement in
            [measurement.subject, measurement.baseline].compactMap { side in
                side.flatMap { side in side.waits.map { [measurement.benchmark.name, side.name] + $0.texts } }
            }
        }
        guard !rows.isEmpty else { return nil }
        var table = Table(
            "How long an operation waits for its turn",
            [.text("benchmark"), .text("program")]
                + (WaitDistribution.percentiles.map(\.name) + ["max"]).map { .number($0) }
        )
        for row in rows { table.add(row) }
        return table
    }

    /// The benchmarks whose bar is not met.
    var unmet: [Measurement] { measurements.filter { $0.isBarMet == false } }

    /// Everything, the time of every single round included.
    var json: OrderedJSON {
        .object([.init("benchmarks", .array(measurements.map(Self.json)))])
    }

    private static func json(of measurement: Measurement) -> OrderedJSON {
        var members: [OrderedJSON.Member] = [
            .init("name", .text(measurement.benchmark.name)),
            .init("summary", .text(measurement.benchmark.summary)),
        ]
        if let subject = measurement.subject { members.append(.init("subject", json(of: subject))) }
        if let baseline = measurement.baseline { members.append(.init("baseline", json(of: baseline))) }
        if let reference = measurement.reference { members.append(.init("reference", json(of: reference))) }
        if let start = measurement.start {
            members.append(.init("subjectStart", json(of: start.subject)))
            members.append(.init("baselineStart", json(of: start.baseline)))
        }
        let spreads = [
            ("ratio", measurement.ratios), ("referenceRatio", measurement.referenceRatios),
            ("growth", measurement.growths),
        ]
        for (name, spread) in spreads {
            if let spread { members.append(.init(name, json(of: spread))) }
        }
        if let bar = measurement.benchmark.bar {
            members.append(.init("bar", .array(bar.marks.map { .text($0.description) })))
            members.append(.init("barReason", .text(bar.reason)))
        }
        if let isMet = measurement.isBarMet { members.append(.init("isBarMet", .boolean(isMet))) }
        return .object(members)
    }

    private static func json(of spread: Spread) -> OrderedJSON {
        .object([
            .init("median", .fixed(spread.median, decimals: 3)),
            .init("min", .fixed(spread.minimum, decimals: 3)),
            .init("max", .fixed(spread.maximum, decimals: 3)),
        ])
    }

    private static func json(of side: Measurement.Side) -> OrderedJSON {
        var members: [OrderedJSON.Member] = [
            .init("program", .text(side.name)),
            .init("tasks", .integer(side.workload.tasks)),
            .init("operations", .integer(side.workload.operations)),
            .init("roundNanoseconds", .array(side.nanoseconds.map { .integer($0) })),
        ]
        if let speed = side.operationsPerSecond { members.append(.init("operationsPerSecond", .integer(speed))) }
        if let median = side.picosecondsPerOperation?.median {
            members.append(.init("medianNanosecondsPerOperation", .fixed(median, decimals: 3)))
        }
        if let bytes = side.residentBytesPerOperation {
            members.append(.init("residentBytesPerOperation", .integer(bytes)))
        }
        if let waits = side.waits { members.append(.init("waitNanoseconds", waits.json)) }
        return .object(members)
    }

    /// A time in picoseconds, with three digits: `12.3 ns`, `4.56 µs`.
    static func time(_ picoseconds: Int64?) -> String {
        guard let picoseconds else { return "-" }
        guard picoseconds < 1_000_000 else { return Format.duration(.nanoseconds(picoseconds / 1_000)) }
        let tenths = (picoseconds + 50) / 100
        return "\(tenths / 10).\(tenths % 10) ns"
    }

    /// A ratio in thousandths, with two decimals.
    static func ratio(_ thousandths: Int64?) -> String {
        guard let thousandths else { return "-" }
        let hundredths = thousandths / 10
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }

    private static func verdict(_ measurement: Measurement) -> String {
        guard let bar = measurement.benchmark.bar else { return "" }
        let text = bar.marks.map(\.description).joined(separator: " or ")
        guard let isMet = measurement.isBarMet else { return text }
        return text + (isMet ? " met" : " NOT MET")
    }
}
