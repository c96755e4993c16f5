import ExampleSupport

/// The commerce domain: what a shop does all day.
enum DomainBenchmarks {
    /// The group, as words of the command line name it.
    static let group = "domain"

    /// All of them.
    static func all(_ options: ParsedOptions) -> [Benchmark] {
        CommandBenchmarks.all + ProjectionBenchmarks.all + SearchBenchmarks.all(options)
    }
}
