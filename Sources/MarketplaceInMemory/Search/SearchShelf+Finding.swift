import MarketplaceCore
import MarketplaceStorage

extension SearchShelf {
    /// A condition: the document is in at least one of the lists.
    private struct Operand {
        let lists: [PostingList]
        let cost: Int

        init(_ lists: [PostingList]) {
            self.lists = lists
            cost = lists.reduce(0) { $0 + $1.count }
        }
    }

    /// Roughly how many steps of a scan a search by halving is worth.
    private static let halvingSteps = 16

    /// Answers a query.
    func find(_ plan: SearchPlan) -> SearchResult {
        guard plan.ranges != nil else {
            let none = Dictionary(uniqueKeysWithValues: plan.facets.map { ($0, [FacetCount]()) })
            return SearchResult(hits: [], total: .exactly(0), facets: none)
        }
        // A filter on a facet that is counted has no bearing on the counts of that facet: it comes last.
        let isCounted = Set(plan.facets)
        let late = plan.choices.filter { !$0.isFlag && isCounted.contains($0.field) }
        let early = plan.choices.filter { $0.isFlag || !isCounted.contains($0.field) }
        let common = matching(plan, early)
        let found = restricted(common, to: operands(of: late))
        var facets = counts(of: plan.facets.filter { field in !late.contains { $0.field == field } }, in: found)
        for field in Set(late.map(\.field)) {
            let others = restricted(common, to: operands(of: late.filter { $0.field != field }))
            facets.merge(counts(of: [field], in: others)) { _, new in new }
        }
        let (hits, next) = page(plan, of: found)
        return SearchResult(hits: hits, total: .exactly(found.count), facets: facets, next: next)
    }

    /// The documents that meet the words, the numbers and those choices.
    private func matching(_ plan: SearchPlan, _ choices: [SearchPlan.Choice]) -> SlotSet {
        var operands = operands(of: choices)
        for word in plan.words { operands.append(Operand(list(of: word).map { [$0] } ?? [])) }
        if let prefix = plan.prefix { operands.append(Operand(lists(beginningWith: prefix))) }
        var found = restricted(live, to: operands)
        for range in plan.ranges ?? [] {
            guard let column = numbers[range.field] else { return SlotSet() }
            var inRange = SlotSet()
            found.forEach { slot in
                if let value = column.value(slot), range.bounds.contains(value) { inRange.insert(slot) }
            }
            found = inRange
        }
        return found
    }

    private func operands(of choices: [SearchPlan.Choice]) -> [Operand] {
        choices.map { choice in Operand(choice.terms.compactMap { list(of: $0) }) }
    }

    /// Those of a set that meet all conditions; the shortest comes first, and then few are left for the others.
    private func restricted(_ set: SlotSet, to operands: [Operand]) -> SlotSet {
        var set = set
        for operand in operands.sorted(by: { $0.cost < $1.cost }) {
            var rest = SlotSet()
            if set.count * operand.lists.count * Self.halvingSteps < operand.cost {
                set.forEach { slot in
                    if operand.lists.contains(where: { $0.posting(of: slot) != nil }) { rest.insert(slot) }
                }
            } else {
                if operand.cost > slotCount / 64 { rest.reserve(slotCount) }
                for list in operand.lists {
                    for posting in list.postings where set.contains(posting.slot) { rest.insert(posting.slot) }
                }
            }
            set = rest
        }
        return set
    }

    // MARK: - Order

    /// A document in the order of a query: the lower the rank, the earlier.
    private struct Candidate {
        let rank: Int64
        let head: UInt64
        let slot: Int
    }

    private func page(_ plan: SearchPlan, of found: SlotSet) -> ([SearchHit], SearchCursor?) {
        let scorer = SearchScorer(self, plan, count: plan.sort == .relevance ? found.count : 0)
        let column: NumberColumn? =
            switch plan.sort {
            case .relevance: nil
            case .ascending(let field), .descending(let field): numbers[field]
            }
        let isAscending = plan.sort.isAscending
        // Ascending whatever the order: the complement of a number is the same order backwards, without overflow.
        func rank(of value: Int64) -> Int64 { isAscending ? value : ~value }
        let start = plan.start.map { (rank: rank(of: $0.value), head: Self.head(of: $0.key), key: $0.key) }
        let missing = isAscending ? Int64.max : .min
        var best = BestSelection<Candidate>(plan.limit + 1) { [keys] left, right in
            if left.rank != right.rank { return left.rank < right.rank }
            if left.head != right.head { return left.head < right.head }
            return keys[left.slot] < keys[right.slot]
        }
        found.forEach { slot in
            let value = plan.sort == .relevance ? Int64(scorer.score(slot).value) : column?.value(slot) ?? missing
            let candidate = Candidate(rank: rank(of: value), head: heads[slot], slot: slot)
            if let start {
                guard candidate.rank >= start.rank else { return }
                if candidate.rank == start.rank {
                    guard candidate.head >= start.head else { return }
                    if candidate.head == start.head, keys[slot] <= start.key { return }
                }
            }
            best.offer(candidate)
        }
        let page = best.finish()
        let hits = page.prefix(plan.limit).map { SearchHit(keys[$0.slot], score: scorer.score($0.slot)) }
        guard page.count > plan.limit, plan.limit > 0 else { return (Array(hits), nil) }
        let last = page[plan.limit - 1]
        return (Array(hits), plan.cursor(behind: keys[last.slot], value: rank(of: last.rank)))
    }
}
