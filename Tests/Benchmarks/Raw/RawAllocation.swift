/// The raw limit of an allocation: largest remainder on bare 64-bit numbers, nothing checked, no types.
enum RawAllocation {
    /// Shares of `total` by `weights`, cut off, then a unit each to the largest remainders, ties to the lower index.
    ///
    /// For totals and weights whose products fit 64 bits, of which one is above zero.
    static func shares(of total: Int64, by weights: [Int64]) -> [Int64] {
        var sum: Int64 = 0
        for weight in weights { sum &+= weight }
        var shares = [Int64](repeating: 0, count: weights.count)
        var rests = [Int64](repeating: 0, count: weights.count)
        var left = total
        for index in weights.indices {
            let (share, rest) = (total &* weights[index]).quotientAndRemainder(dividingBy: sum)
            shares[index] = share
            rests[index] = rest
            left &-= share
        }
        while left > 0 {
            var best = 0
            for index in 1..<rests.count where rests[index] > rests[best] { best = index }
            shares[best] &+= 1
            rests[best] = 0
            left &-= 1
        }
        return shares
    }
}
