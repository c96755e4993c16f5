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
    /// What it is measured against.
    let baseline: Program
    /// The round of the baseline, where it differs: scaling is measured against the same program with one task.
    var baselineWorkload: Workload?
    /// The least share of the baseline's speed that is promised.
    var bar: Bar?
    /// Whether the memory that one operation leaves in use is told too.
    var measuresMemory = false

    /// The part of the name before the first slash.
    var group: String { String(name.prefix { $0 != "/" }) }

    /// Whether a word of the command line means this benchmark: its name, its group, or a leading part of its name.
    func isNamed(by word: String) -> Bool {
        name == word || name.hasPrefix(word.hasSuffix("/") ? word : word + "/")
    }
}
