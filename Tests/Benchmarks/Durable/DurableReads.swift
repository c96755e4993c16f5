/// Which orders a round of reading looks at: some all over what is there, other ones in every round.
struct DurableReads: Sendable {
    /// Neighbours are scattered by it (Knuth, TAOCP 6.4); small enough for all products to fit 64 bits.
    static let scatter = 2_654_435_761

    /// How many orders are read.
    let count: Int
    /// How many there are.
    let orders: Int
    /// The place of the first in the whole row of reads.
    let first: Int

    /// Their keys; also computed by `Raw/pgbench/read.sql`.
    var keys: [String] {
        (first..<(first + count)).map { DurableWork.saleKey($0 * Self.scatter % max(1, orders)) }
    }
}
