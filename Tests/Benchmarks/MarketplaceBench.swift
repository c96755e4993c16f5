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
        let chosen = BenchCommand.benchmarks(named: words, filter: options[BenchCommand.filter])
        let output = Console.standardOutput
        if options[BenchCommand.list] {
            for benchmark in chosen { output.writeLine("\(benchmark.name): \(benchmark.summary)") }
            return
        }
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
        for table in [report.memoryTable, report.waitTable] {
            if let table { output.write(table) }
        }
        CommandShell.save(report.json.indented, to: options[BenchCommand.json], of: BenchCommand.options)
        for measurement in report.unmet {
            guard let bar = measurement.benchmark.bar else { continue }
            let ratio = BenchmarkReport.ratio(measurement.ratios?.median)
            let wanted = BenchmarkReport.ratio(Int64(bar.thousandths))
            output.writeLine("bar not met: \(measurement.benchmark.name) reached \(ratio) of \(wanted) (\(bar.reason))")
        }
        if options[BenchCommand.check], !report.unmet.isEmpty { exit(BenchCommand.failureExitCode) }
    }
}
