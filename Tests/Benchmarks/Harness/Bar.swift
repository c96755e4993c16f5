import ExampleSupport

/// The least share of the baseline's speed that a benchmark must reach, and where that promise is written.
///
/// No bar may ask for more than the baseline can do on a machine that is shared: a bar holds on the median of the
/// ratios of single rounds, which noise that hits both sides leaves alone.
struct Bar: Hashable, Sendable {
    /// The least share, in thousandths.
    let thousandths: Int
    /// Why it is what it is.
    let reason: String

    /// A bar of so many thousandths of the baseline's speed.
    static func atLeast(thousandths: Int, _ reason: String) -> Bar {
        Bar(thousandths: thousandths, reason: reason)
    }
}
