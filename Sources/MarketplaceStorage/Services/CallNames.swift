import Synchronization

/// Names the calls of one service, so that no two calls of any process commit transactions of one id.
///
/// A transaction of an id that is known is answered with its first receipt, whatever became of what it wrote since: a
/// call that says whether it has done something itself must not be answered with the receipt of another.
package final class CallNames: Sendable {
    /// So many bits that no two processes draw the same.
    private let origin = String(UInt128.random(in: 0...UInt128.max), radix: 36)
    private let count = Atomic<UInt64>(0)

    /// Names that no other has drawn.
    package init() {}

    /// A name no other call has.
    package func next() -> String {
        "\(origin) \(count.add(1, ordering: .relaxed).newValue)"
    }
}
