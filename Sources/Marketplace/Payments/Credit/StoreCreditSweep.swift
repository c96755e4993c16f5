/// What a sweep over store credit has done.
public struct StoreCreditSweep: Sendable, Hashable {
    /// How many holds, or credits of one member, have come to their end.
    public internal(set) var endedCount = 0
    /// What did not come through; the next sweep tries again.
    public internal(set) var failures: [StoreCreditError] = []

    /// A sweep that has found nothing.
    public init() {}
}
