/// Why a benchmark could not be measured.
enum BenchmarkFailure: Error, Hashable, CustomStringConvertible {
    /// The two sides computed different things.
    case differentWork(String, subject: Int64, baseline: Int64)

    var description: String {
        switch self {
        case .differentWork(let name, let subject, let baseline):
            "\(name): the two programs do not do the same work (witness \(subject) instead of \(baseline))"
        }
    }
}
