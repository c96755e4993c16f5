/// What is remembered of a recorded change, so that a repetition is recognised.
struct KnownChange: Sendable {
    let id: UInt128
    let hash: UInt64
    let time: Int64
    let point: StockPoint
    let action: StockAction
}
