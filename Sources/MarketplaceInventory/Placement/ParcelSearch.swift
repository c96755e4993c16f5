/// Finds the fewest locations that have all that is wanted together: a cover of sets, with amounts.
struct ParcelSearch {
    /// What a location has of one SKU, no more than is wanted of it.
    struct Content {
        let sku: Int
        let units: Int64
    }

    /// How many units of each SKU are wanted; all locations together have them.
    let wanted: [Int64]
    /// What each location has, by rank.
    let contents: [[Content]]

    /// The ranks of the locations, ascending: exactly the fewest when at most `limit` come into question.
    func fewest(exactUpTo limit: Int) -> [Int] {
        contents.count <= limit ? exact() : greedy()
    }

    /// Of the smallest sets, the first by rank.
    func exact() -> [Int] {
        // What the locations from each rank on have: a branch that cannot end well is not begun.
        var fromHereOn = [wanted.map { _ in Int64(0) }]
        for content in contents.reversed() {
            var sums = fromHereOn[fromHereOn.count - 1]
            for part in content { sums[part.sku] += part.units }
            fromHereOn.append(sums)
        }
        fromHereOn.reverse()
        var chosen: [Int] = []
        for size in 0...contents.count {
            if extend(&chosen, by: size, from: 0, missing: wanted, fromHereOn) { return chosen }
        }
        return Array(contents.indices)
    }

    private func extend(
        _ chosen: inout [Int],
        by size: Int,
        from rank: Int,
        missing: [Int64],
        _ fromHereOn: [[Int64]]
    ) -> Bool {
        if missing.allSatisfy({ $0 == 0 }) { return true }
        guard size > 0 else { return false }
        for next in rank..<contents.count {
            guard missing.indices.allSatisfy({ missing[$0] <= fromHereOn[next][$0] }) else { return false }
            let rest = taking(next, from: missing)
            guard rest != missing else { continue }
            chosen.append(next)
            if extend(&chosen, by: size - 1, from: next + 1, missing: rest, fromHereOn) { return true }
            chosen.removeLast()
        }
        return false
    }

    /// The most of what is missing first, then without what turned out to be needless.
    func greedy() -> [Int] {
        var missing = wanted
        var chosen: [Int] = []
        var remaining = Array(contents.indices)
        while missing.contains(where: { $0 > 0 }), !remaining.isEmpty {
            var best = (place: 0, gain: Int64(-1))
            for (place, rank) in remaining.enumerated() {
                let gain = contents[rank].reduce(0) { $0 + min($1.units, missing[$1.sku]) }
                if gain > best.gain { best = (place, gain) }
            }
            let rank = remaining.remove(at: best.place)
            missing = taking(rank, from: missing)
            chosen.append(rank)
        }
        for rank in chosen.sorted(by: >) {
            let others = chosen.filter { $0 != rank }
            if covers(others) { chosen = others }
        }
        return chosen.sorted()
    }

    private func covers(_ chosen: [Int]) -> Bool {
        chosen.reduce(wanted) { taking($1, from: $0) }.allSatisfy { $0 == 0 }
    }

    private func taking(_ rank: Int, from missing: [Int64]) -> [Int64] {
        var rest = missing
        for part in contents[rank] { rest[part.sku] -= min(part.units, rest[part.sku]) }
        return rest
    }
}
