import ExampleSupport

/// What a benchmark must reach, and where that promise is written.
///
/// No bar may ask for more than the baseline can do on a machine that is shared: a bar holds on the median of the
/// ratios of single rounds, which noise that hits both sides leaves alone.
struct Bar: Hashable, Sendable {
    /// Something a measurement can reach.
    enum Mark: Hashable, Sendable {
        /// A share of the baseline's speed, in thousandths.
        case ofBaseline(thousandths: Int)
        /// A multiple of the reference's speed, in thousandths.
        case ofReference(thousandths: Int)
        /// So many operations a second.
        case perSecond(Int64)
        /// At most so much more growth from few to many than the baseline's own, in thousandths.
        case growth(thousandths: Int)
        /// So long for that share of all operations.
        case wait(BasisPoints, atMost: Duration)
    }

    /// The marks, one of which is enough: "whichever is lower" of several.
    let marks: [Mark]
    /// Why it is what it is.
    let reason: String

    /// A bar of so many thousandths of the baseline's speed.
    static func atLeast(thousandths: Int, _ reason: String) -> Bar {
        Bar(marks: [.ofBaseline(thousandths: thousandths)], reason: reason)
    }

    /// A bar at the lowest of several marks.
    static func atLeastOne(of marks: Mark..., reason: String) -> Bar {
        Bar(marks: marks, reason: reason)
    }
}

extension Bar.Mark: CustomStringConvertible {
    var description: String {
        switch self {
        case .ofBaseline(let thousandths): BenchmarkReport.ratio(Int64(thousandths))
        case .ofReference(let thousandths): BenchmarkReport.ratio(Int64(thousandths)) + " x reference"
        case .perSecond(let count): Format.count(count) + " /s"
        case .growth(let thousandths): "growth " + BenchmarkReport.ratio(Int64(thousandths))
        case .wait(let share, let longest): "\(share) within " + Format.duration(longest)
        }
    }
}
