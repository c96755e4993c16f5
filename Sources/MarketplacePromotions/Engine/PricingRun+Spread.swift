import MarketplaceCore

extension PricingRun {
    /// Spreads an amount over groups of units by weights; none gets more than its cap, and what one cannot take goes to
    /// the others where `redistributes` says so.
    ///
    /// - Returns: What is taken off each group, in their order; together the amount, or all that the caps admit.
    func spread(
        _ amount: Int64,
        over groups: [UnitGroup],
        weights: [Int64],
        caps: [Int64],
        redistributes: Bool = true,
        _ state: PriceState
    ) throws(PricingError) -> [Int64] {
        guard policy.spreadOrder != .lineOrder, groups.count > 1 else {
            return try spread(amount, weights: weights, caps: caps, redistributes: redistributes)
        }
        // Which place a group has decides ties and who is first or last, so they are put in order for that alone.
        let positions = groups.indices.map { UnitGroup(line: groups[$0].line, units: $0) }
        let order = sorted(positions, by: policy.spreadOrder, in: state).map(\.units)
        let shares = try spread(
            amount,
            weights: order.map { weights[$0] },
            caps: order.map { caps[$0] },
            redistributes: redistributes
        )
        var result = [Int64](repeating: 0, count: groups.count)
        for (share, position) in zip(shares, order) {
            result[position] = share
        }
        return result
    }

    /// Spreads an amount by weights, in their order.
    func spread(
        _ amount: Int64,
        weights: [Int64],
        caps: [Int64],
        redistributes: Bool
    ) throws(PricingError) -> [Int64] {
        guard redistributes else {
            let shares = try split(amount, by: weights)
            return zip(shares, caps).map { max(0, min($0, $1)) }
        }
        let total = min(amount, caps.reduce(0, +))
        guard total > 0 else { return [Int64](repeating: 0, count: weights.count) }
        var shares = try split(total, by: weights)
        if !zip(shares, caps).allSatisfy({ $0 >= 0 && $0 <= $1 }) {
            shares = try split(total, by: weights, caps: caps)
            settle(&shares, caps: caps)
        }
        return shares
    }

    private func split(_ amount: Int64, by weights: [Int64]) throws(PricingError) -> [Int64] {
        do throws(AllocationError) {
            return try Allocation.shares(of: amount, by: weights, remainder: policy.remainder)
        } catch {
            // Weights are prices and numbers of units: none is negative, and they are all zero only where the amount is.
            throw .overflow(.total)
        }
    }

    /// The shares where some reach their cap: those that would pass it get it, the others share what is left.
    ///
    /// The closest to proportional that the caps admit, by the water-filling of bounded proportional division: in the
    /// order of cap over weight, whoever would pass its cap is full; the first that would not ends it.
    private func split(_ amount: Int64, by weights: [Int64], caps: [Int64]) throws(PricingError) -> [Int64] {
        var shares = [Int64](repeating: 0, count: weights.count)
        var open = weights.indices.filter { weights[$0] > 0 && caps[$0] > 0 }
        open.sort { left, right in
            let leftRate = Int128(caps[left]) * Int128(weights[right])
            let rightRate = Int128(caps[right]) * Int128(weights[left])
            return leftRate == rightRate ? left < right : leftRate < rightRate
        }
        var amountLeft = amount
        var weightLeft = open.reduce(0 as Int128) { $0 + Int128(weights[$1]) }
        var full = 0
        for index in open {
            // Amounts and caps are below 2^63, and the weights of a basket add up to less than that.
            guard Int128(amountLeft) * Int128(weights[index]) > Int128(caps[index]) * weightLeft else { break }
            shares[index] = caps[index]
            amountLeft -= caps[index]
            weightLeft -= Int128(weights[index])
            full += 1
        }
        let rest = open[full...].sorted()
        guard !rest.isEmpty, amountLeft > 0 else { return shares }
        for (share, index) in zip(try split(amountLeft, by: rest.map { weights[$0] }), rest) {
            shares[index] = share
        }
        return shares
    }

    /// Brings shares that a placement of remainders has pushed below zero, or above their cap, back into bounds.
    ///
    /// What that leaves over goes to the first that have room, what it needs comes from the last that have something.
    /// The sum stays; caps that are all reached hold all of it.
    private func settle(_ shares: inout [Int64], caps: [Int64]) {
        var over: Int64 = 0
        for index in shares.indices {
            let share = min(max(0, shares[index]), caps[index])
            over += shares[index] - share
            shares[index] = share
        }
        for index in shares.indices where over > 0 {
            let step = min(over, caps[index] - shares[index])
            shares[index] += step
            over -= step
        }
        for index in shares.indices.reversed() where over < 0 {
            let step = min(-over, shares[index])
            shares[index] -= step
            over += step
        }
    }
}
