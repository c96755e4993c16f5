import ExampleSupport

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The command: picks benchmarks, measures them, prints the table.
@main
enum MarketplaceBench {
    static func main() async {
        let (words, options) = BenchCommand.parse()
        let chosen = BenchCommand.benchmarks(named: words, options)
        let output = Console.standardOutput
        if options[BenchCommand.list] {
            for benchmark in chosen { output.writeLine("\(benchmark.name): \(benchmark.summary)") }
            return
        }
        let peers = readPeers(options[BenchCommand.peers])
        let isQuick = options[BenchCommand.quick]
        let runner = BenchmarkRunner(
            rounds: isQuick && !options.isGiven(BenchCommand.rounds)
                ? BenchCommand.quickRounds : options[BenchCommand.rounds],
            warmUps: isQuick ? 1 : BenchCommand.warmUps,
            shrinking: isQuick ? BenchCommand.quickShrinking : 1
        )
        var measurements: [Measurement] = []
        for benchmark in chosen {
            do {
                measurements.append(try await runner.measure(benchmark))
            } catch {
                Console.standardError.writeLine("\(BenchCommand.name): \(benchmark.name): \(error)")
                exit(BenchCommand.failureExitCode)
            }
        }
        let report = BenchmarkReport(measurements: measurements)
        output.write(report.table)
        let comparisons = peers.map { report.comparisons(with: $0) } ?? []
        for table in [report.memoryTable, report.waitTable, report.speedTable, peers.flatMap(report.peerTable)] {
            if let table { output.write(table) }
        }
        CommandShell.save(report.json.indented, to: options[BenchCommand.json], of: BenchCommand.options)
        for measurement in report.unmet {
            guard let bar = measurement.benchmark.bar else { continue }
            let wanted = bar.marks.map(\.description).joined(separator: " or ")
            output.writeLine(
                "bar not met: \(measurement.benchmark.name) reached \(measurement.reached) of \(wanted) (\(bar.reason))"
            )
        }
        let isBehind = comparisons.contains { !$0.isMet }
        if options[BenchCommand.check], !report.unmet.isEmpty || isBehind { exit(BenchCommand.failureExitCode) }
    }

    /// The figures of that file; prints one line and exits when it cannot be read.
    private static func readPeers(_ path: String?) -> PeerFigures? {
        guard let path else { return nil }
        do {
            return try PeerFigures.read(path)
        } catch {
            Console.standardError.writeLine("\(BenchCommand.name): --peers \(path): \(error)")
            exit(CommandShell.usageExitCode)
        }
    }
}
