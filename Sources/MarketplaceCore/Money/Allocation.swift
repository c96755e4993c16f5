/// Splits a whole number by weights, so that the shares add up to it exactly.
///
/// Works on any unit; `Money.allocated(by:remainder:)` is this on minor units.
public enum Allocation {
    /// The most parts that ``shares(of:parts:)`` makes: more than any basket or payout has, and 8 MB of shares.
    public static let maximumParts = 1_000_000

    /// The shares of `total` in proportion to `weights`, in their order.
    ///
    /// The shares add up to `total` exactly, and a weight of zero gets nothing. Products are taken in 128 bits, so no
    /// total and no weights overflow. With the default placement each share is within one unit of its exact value.
    ///
    /// - Parameters:
    ///   - total: What to split; any sign.
    ///   - weights: What each is to get, relative to the others; none below zero.
    ///   - remainder: How shares are rounded, and who gets what is left over.
    /// - Returns: One share for each weight.
    /// - Throws: ``AllocationError`` when there are no weights, one is negative, or all are zero and the total is not.
    /// - Complexity: O(*n*) as a rule, O(*n* log *n*) at worst.
    public static func shares(
        of total: Int64,
        by weights: [Int64],
        remainder: RemainderPlacement = .largest
    ) throws(AllocationError) -> [Int64] {
        let sum = try sum(of: weights)
        guard sum > 0 else {
            guard total == 0 else { throw .zeroWeights(total: total) }
            return [Int64](repeating: 0, count: weights.count)
        }
        switch remainder.method {
        case .successiveFromFirst:
            return successive(total, weights, sum, weights.indices, remainder.rounding)
        case .successiveFromLast:
            return successive(total, weights, sum, weights.indices.reversed(), remainder.rounding)
        case .largest, .first, .last, .wholeToFirst, .wholeToLast:
            return rounded(total, weights, sum, remainder)
        }
    }

    /// The shares of `total` in so many parts that differ by one unit at most, the larger ones first.
    ///
    /// - Throws: ``AllocationError/noWeights`` for no parts, ``AllocationError/partsOutOfRange(_:)`` for fewer or for
    ///   more than ``maximumParts``.
    public static func shares(of total: Int64, parts: Int) throws(AllocationError) -> [Int64] {
        guard parts != 0 else { throw .noWeights }
        guard parts > 0, parts <= maximumParts else { throw .partsOutOfRange(parts) }
        let (base, rest) = total.quotientAndRemainder(dividingBy: Int64(parts))
        let extra = Int(rest.magnitude)
        var shares = [Int64](repeating: base, count: parts)
        for index in 0..<extra {
            shares[index] += rest.signum()
        }
        return shares
    }

    private static func sum(of weights: [Int64]) throws(AllocationError) -> Int128 {
        guard !weights.isEmpty else { throw .noWeights }
        var sum: Int64 = 0
        for index in weights.indices {
            guard weights[index] >= 0 else { throw .negativeWeight(weights[index], index: index) }
            let (next, overflow) = sum.addingReportingOverflow(weights[index])
            guard !overflow else { return try wideSum(of: weights) }
            sum = next
        }
        return Int128(sum)
    }

    private static func wideSum(of weights: [Int64]) throws(AllocationError) -> Int128 {
        var sum: Int128 = 0
        for index in weights.indices {
            guard weights[index] >= 0 else { throw .negativeWeight(weights[index], index: index) }
            sum += Int128(weights[index])
        }
        return sum
    }

    /// `total` × `weight` ÷ `sum`, cut off towards zero, and what is left of the division.
    private static func divide(_ total: Int64, _ weight: Int64, _ sum: Int128) -> (share: Int64, rest: Int128) {
        // A division in 64 bits costs a fraction of one in 128.
        if let narrow = Int64(exactly: sum) {
            let (product, overflow) = total.multipliedReportingOverflow(by: weight)
            if !overflow {
                let (share, rest) = product.quotientAndRemainder(dividingBy: narrow)
                return (share, Int128(rest))
            }
        }
        let (share, rest) = (Int128(total) * Int128(weight)).quotientAndRemainder(dividingBy: sum)
        // No weight is above the sum, so no share is above the total.
        return (Int64(truncatingIfNeeded: share), rest)
    }

    private static func successive(
        _ total: Int64,
        _ weights: [Int64],
        _ sum: Int128,
        _ order: some Sequence<Int>,
        _ rounding: RoundingMode
    ) -> [Int64] {
        var shares = [Int64](repeating: 0, count: weights.count)
        var total = total
        var sum = sum
        for index in order where weights[index] > 0 {
            let (cut, rest) = divide(total, weights[index], sum)
            let step = rounding.step(quotient: Int128(cut), remainder: rest, denominator: sum)
            let share = cut + Int64(truncatingIfNeeded: step)
            shares[index] = share
            total -= share
            sum -= Int128(weights[index])
        }
        return shares
    }

    private static func rounded(
        _ total: Int64,
        _ weights: [Int64],
        _ sum: Int128,
        _ placement: RemainderPlacement
    ) -> [Int64] {
        var shares = [Int64](repeating: 0, count: weights.count)
        var residues = [Int128](repeating: 0, count: weights.count)
        var left = Int128(total)
        for index in weights.indices where weights[index] > 0 {
            let (cut, rest) = divide(total, weights[index], sum)
            let step = rest == 0 ? 0 : placement.rounding.step(quotient: Int128(cut), remainder: rest, denominator: sum)
            shares[index] = cut + Int64(truncatingIfNeeded: step)
            // What the exact share has above the rounded one, in parts of the sum.
            residues[index] = rest - step * sum
            left -= Int128(shares[index])
        }
        guard left != 0 else { return shares }
        placement.method.place(
            Int64(left),
            isTakenBack: (left < 0) != (total < 0),
            into: &shares,
            weights: weights,
            residues: &residues
        )
        return shares
    }
}

extension RemainderPlacement.Method {
    /// Up to this many weights the largest residue is looked for again and again, instead of selecting among all.
    private static let scanLimit = 24

    /// Places what is left over; `isTakenBack` says that its sign is not the total's.
    ///
    /// Fewer units are left over than there are shares that were rounded against them, since rounding moved each share
    /// by less than one: no weight has to take two, and none of zero has to take any.
    fileprivate func place(
        _ left: Int64,
        isTakenBack: Bool,
        into shares: inout [Int64],
        weights: [Int64],
        residues: inout [Int128]
    ) {
        switch self {
        case .wholeToFirst:
            if let index = weights.firstIndex(where: { $0 > 0 }) { shares[index] += left }
        case .wholeToLast:
            if let index = weights.lastIndex(where: { $0 > 0 }) { shares[index] += left }
        case .last, .successiveFromLast:
            let order = weights.indices.reversed()
            placeInTurn(left, isTakenBack: isTakenBack, into: &shares, weights: weights, order: order)
        case .first, .successiveFromFirst:
            placeInTurn(left, isTakenBack: isTakenBack, into: &shares, weights: weights, order: weights.indices)
        case .largest where weights.count <= Self.scanLimit:
            placeByScanning(left, into: &shares, residues: &residues)
        case .largest:
            placeBySelecting(left, into: &shares, residues: residues)
        }
    }

    private func placeInTurn(
        _ left: Int64,
        isTakenBack: Bool,
        into shares: inout [Int64],
        weights: [Int64],
        order: some Sequence<Int>
    ) {
        var count = left.magnitude
        for index in order where weights[index] > 0 {
            guard count > 0 else { return }
            // A unit is taken back only from a share that has one.
            if isTakenBack, shares[index] == 0 { continue }
            shares[index] += left.signum()
            count -= 1
        }
    }

    private func placeByScanning(_ left: Int64, into shares: inout [Int64], residues: inout [Int128]) {
        for _ in 0..<left.magnitude {
            var best = 0
            for index in residues.indices.dropFirst() {
                if left > 0 ? residues[index] > residues[best] : residues[index] < residues[best] { best = index }
            }
            shares[best] += left.signum()
            residues[best] = 0
        }
    }

    private func placeBySelecting(_ left: Int64, into shares: inout [Int64], residues: [Int128]) {
        let magnitudes = residues.filter { left > 0 ? $0 > 0 : $0 < 0 }.map(\.magnitude)
        var (threshold, ties) = magnitudes.rankedFromTheLargest(Int(left.magnitude))
        for index in residues.indices where left > 0 ? residues[index] > 0 : residues[index] < 0 {
            let magnitude = residues[index].magnitude
            guard magnitude >= threshold, magnitude > threshold || ties > 0 else { continue }
            if magnitude == threshold { ties -= 1 }
            shares[index] += left.signum()
        }
    }
}

extension [UInt128] {
    /// The element of this rank (1 is the largest), and how many that are equal to it are within the rank.
    ///
    /// Quickselect, each round of which keeps the elements on one side of a pivot. The number of rounds is bounded, and
    /// sorting does what is left, so that no data makes it quadratic.
    fileprivate func rankedFromTheLargest(_ rank: Int) -> (element: UInt128, ties: Int) {
        var candidates = self
        var rank = rank
        var rounds = 2 * (Int.bitWidth - count.leadingZeroBitCount)
        while candidates.count > 16, rounds > 0 {
            rounds -= 1
            let pivot = candidates[candidates.count / 2]
            let larger = candidates.filter { $0 > pivot }
            if rank <= larger.count {
                candidates = larger
                continue
            }
            let smaller = candidates.filter { $0 < pivot }
            let notSmaller = candidates.count - smaller.count
            if rank <= notSmaller { return (pivot, rank - larger.count) }
            rank -= notSmaller
            candidates = smaller
        }
        candidates.sort(by: >)
        let element = candidates[rank - 1]
        return (element, rank - (candidates.firstIndex(of: element) ?? 0))
    }
}
