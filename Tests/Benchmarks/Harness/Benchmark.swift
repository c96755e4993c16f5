/// A named figure: a program, and the one it is measured against in the same run.
///
/// Adding one takes one file in `Entries` and its line in ``BenchmarkCatalog``; a raw-limit program goes to `Raw`.
struct Benchmark: Sendable {
    /// A group, a slash, and what is measured; never renamed, so that results can be compared.
    let name: String
    /// What one operation is, in a sentence.
    let summary: String
    /// One round.
    let workload: Workload
    /// The program that is measured; nil while only the raw limit is known, as the figure to reach.
    let subject: Program?
    /// What it is measured against; nil where only an absolute mark counts.
    let baseline: Program?
    /// The round of the baseline, where it differs: scaling is measured against the same program with one task.
    var baselineWorkload: Workload?
    /// A second program it is measured against, with a round of its own.
    var reference: Reference?
    /// The same two programs with little beside them, where what counts is how the cost grows.
    var start: GrowthStart?
    /// What is promised.
    var bar: Bar?
    /// What other people's libraries reach at the same work.
    var peer: Peer?
    /// The most rounds that are measured, where one takes seconds.
    var mostRounds = Int.max
    /// Whether the speeds of all programs are told as well, besides their ratios.
    var tellsSpeeds = false
    /// Whether the memory that one operation leaves in use is told too.
    var measuresMemory = false

    /// A program to be measured against besides the baseline.
    struct Reference: Sendable {
        let program: Program
        let workload: Workload
    }

    /// Where growth begins: subject and baseline with little beside them.
    struct GrowthStart: Sendable {
        let subject: Program
        let baseline: Program
    }

    /// A figure of the file of peers, and how many times its speed is promised.
    struct Peer: Sendable {
        let name: String
        let thousandths: Int
    }

    /// The part of the name before the first slash.
    var group: String { String(name.prefix { $0 != "/" }) }

    /// Whether a word of the command line means this benchmark: its name, its group, or a leading part of its name.
    func isNamed(by word: String) -> Bool {
        name == word || name.hasPrefix(word.hasSuffix("/") ? word : word + "/")
    }
}
