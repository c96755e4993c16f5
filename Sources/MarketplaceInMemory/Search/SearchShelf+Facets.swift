import MarketplaceCore
import MarketplaceStorage

extension SearchShelf {
    /// How many documents of a set have each value of the facets.
    ///
    /// A facet of a small set is counted document by document, of a large one value by value, and of everything there
    /// is not at all: those counts are kept.
    func counts(of fields: [SearchField], in set: SlotSet) -> [SearchField: [FacetCount]] {
        guard !fields.isEmpty else { return [:] }
        var byDocument: [Int]?
        var counts: [SearchField: [FacetCount]] = [:]
        for field in fields {
            let numbers = termsOfField[field] ?? []
            var best = BestSelection<(number: Int, count: Int)>(SearchLimits.valuesPerFacet) { [terms] left, right in
                left.count == right.count
                    ? terms[left.number].term < terms[right.number].term : left.count > right.count
            }
            let postings = numbers.reduce(0) { $0 + terms[$1].list.count }
            if set.count == live.count {
                for number in numbers where terms[number].count > 0 { best.offer((number, terms[number].count)) }
            } else if byDocument != nil || set.count < postings / 4 {
                let counted = byDocument ?? countsByDocument(set)
                byDocument = counted
                for number in numbers where counted[number] > 0 { best.offer((number, counted[number])) }
            } else {
                for number in numbers {
                    let count = terms[number].list.postings.reduce(0) { $0 + (set.contains($1.slot) ? 1 : 0) }
                    if count > 0 { best.offer((number, count)) }
                }
            }
            counts[field] = best.finish().compactMap { found in
                terms[found.number].term.value.map { FacetCount($0, count: found.count) }
            }
        }
        return counts
    }

    /// How many documents of a set have each term, by the number of the term.
    private func countsByDocument(_ set: SlotSet) -> [Int] {
        var counts = [Int](repeating: 0, count: terms.count)
        set.forEach { slot in
            for term in terms(of: slot) { counts[Int(term)] += 1 }
        }
        return counts
    }
}
