/// Why a benchmark could not be measured.
enum BenchmarkFailure: Error, Hashable, CustomStringConvertible {
    /// The two sides computed different things.
    case differentWork(String, subject: Int64, baseline: Int64)
    /// A folder in which nothing can be made.
    case noFolder(String)
    /// The raw program does not write what the library writes.
    case differentRows(String, library: String, raw: String)
    /// A raw program failed.
    case raw(String)

    var description: String {
        switch self {
        case .differentWork(let name, let subject, let baseline):
            "\(name): the two programs do not do the same work (witness \(subject) instead of \(baseline))"
        case .noFolder(let path):
            "no folder can be made in \(path)"
        case .differentRows(let work, let library, let raw):
            "\(work): the raw program writes \(raw), the library \(library)"
        case .raw(let message):
            "the raw program failed: \(message)"
        }
    }
}
