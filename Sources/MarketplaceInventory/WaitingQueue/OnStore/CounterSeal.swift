/// What is added to a counter to end it: an addition below its ceiling is refused from then on, and the count can
/// still be read.
///
/// Additions to a counter commute with everything; a seal in the same commit as a decision that was made on the count
/// is what makes that decision exact. With a ceiling of count + seal it is refused if the count has risen meanwhile.
enum CounterSeal {
    /// Far above any count, and far below the end of 64 bits.
    static let value: Int64 = 1 << 60

    static func isSealed(_ counter: Int64) -> Bool { counter >= value }

    /// What was counted, sealed or not.
    static func count(of counter: Int64) -> Int64 { isSealed(counter) ? counter - value : counter }
}
