import ExampleSupport

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What the command line of the benchmark tool can say.
enum BenchCommand {
    static let name = "marketplace-bench"
    /// A benchmark failed, or with `--check` a bar was not met.
    static let failureExitCode: Int32 = 1
    /// How many rounds are thrown away before the first one counts.
    static let warmUps = 2
    /// How many rounds, and how much smaller ones, a quick run has.
    static let quickRounds = 7
    static let quickShrinking = 8

    static let rounds = Option.wholeNumber("rounds", help: "How many rounds are measured", in: 1...1_000, default: 15)
    static let filter = Option(
        "filter",
        placeholder: "TEXT",
        help: "Measures only benchmarks whose name contains this text",
        expectation: "a part of a name",
        default: "",
        defaultText: nil,
        reading: { .success($0) },
        showing: { $0 }
    )
    static let json = Option.file("json", help: "Writes the result, every round included, to this file")
    static let list = Option.flag("list", help: "Lists the benchmarks and measures nothing")
    static let quick = Option.flag("quick", help: "Takes fewer and smaller rounds, for a first look and for tests")
    static let check = Option.flag("check", help: "Ends with exit code 1 when a bar is not met")

    static let peers = Option.file("peers", help: "Compares with what Tests/Benchmarks/Peers/run wrote to this file")
    static let full = Option.flag("full", help: "Lets durable stores grow to ten million events instead of one")
    static let folder = Option(
        "folder",
        placeholder: "PATH",
        help: "The folder for the databases of the group durable; it must be on a disk and not in memory",
        expectation: "the path of a folder",
        default: access(".build", W_OK) == 0 ? ".build" : ".",
        defaultText: nil,
        reading: { $0.isEmpty || $0.utf8.contains(0) ? .failure(.malformed) : .success($0) },
        showing: { $0 }
    )

    static let postgres = Option(
        "postgres",
        placeholder: "URL",
        help: "The PostgreSQL server of the group durable; a database of its own is made and dropped for each round",
        expectation: "the address of a database",
        default: getenv("MARKETPLACE_POSTGRES_URL").map { String(cString: $0) } ?? "",
        defaultText: "MARKETPLACE_POSTGRES_URL",
        reading: { $0.isEmpty || $0.utf8.contains(0) ? .failure(.malformed) : .success($0) },
        // An address may hold a password.
        showing: { _ in "URL" }
    )

    static let options = CommandLineOptions(
        name,
        summary: "measures the library against the raw limit, in the same run."
            + " Names or groups of benchmarks come first: \(name) inventory --rounds 5",
        [rounds, filter, json, peers, folder, postgres, list, quick, full, check]
    )

    /// The names that come before the first option, and the options; prints help or an error and exits when asked to.
    static func parse() -> (words: [String], options: ParsedOptions) {
        let arguments = CommandLine.arguments.dropFirst()
        let words = arguments.prefix { !$0.hasPrefix("-") }
        do throws(OptionError) {
            switch try options.parse(Array(arguments.dropFirst(words.count))) {
            case .run(let parsed): return (Array(words), parsed)
            case .help:
                Console.standardOutput.write(options.helpText)
                exit(0)
            }
        } catch {
            CommandShell.refuse(error, of: options)
        }
    }

    /// The benchmarks that the words and the options mean, in the order of the catalog; refuses what means none.
    static func benchmarks(named words: [String], _ options: ParsedOptions) -> [Benchmark] {
        let (all, text) = (BenchmarkCatalog.all(options), options[filter])
        for word in words where !all.contains(where: { $0.isNamed(by: word) }) {
            let hint = DurableBenchmarks.hint(for: word, among: all)
            refuse(hint ?? "there is no benchmark or group of that name: \(word.prefix(60))")
        }
        let chosen = all.filter { benchmark in
            (words.isEmpty || words.contains { benchmark.isNamed(by: $0) })
                && (text.isEmpty || benchmark.name.contains(text))
        }
        guard !chosen.isEmpty else {
            refuse("--filter fits no benchmark")
        }
        return chosen
    }

    private static func refuse(_ reason: String) -> Never {
        Console.standardError.writeLine("\(name): \(reason); --list lists them all")
        exit(CommandShell.usageExitCode)
    }
}
