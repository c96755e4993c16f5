import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization

/// The planted bugs, at least one for each law of search.
enum PlantedSearchBugs {
    static let all = updates + words + filters + order + whole

    private static func bug(
        _ law: SearchLaw,
        _ name: String,
        _ make: @escaping @Sendable () -> AlteredSearchIndex
    ) -> PlantedBug<SearchSite> {
        PlantedBug(law, name) { SearchSite(make(), other: make()) }
    }

    /// An index for which every change is newer than all before, in the order in which they come.
    private static func byArrival() -> AlteredSearchIndex {
        let count = Shared(Int64(1_000))
        return .changing { changes in
            changes.map { change in
                let revision = DocumentRevision(
                    count.withLock {
                        $0 += 1; return $0
                    }
                )
                switch change {
                case .put(var document):
                    document.revision = revision
                    return .put(document)
                case .delete(let key, _): return .delete(key, revision: revision)
                }
            }
        }
    }

    private static let updates = [
        bug(SearchLaws.putsReplace, "the second put of a document is lost") {
            .changing { changes in changes.filter { $0.revision.value < 2 } }
        },
        bug(SearchLaws.repeatsChangeNothing, "a change of the same revision is applied again") { byArrival() },
        bug(SearchLaws.lateChangesChangeNothing, "the last to arrive wins") { byArrival() },
        bug(SearchLaws.deletionsLast, "a deletion forgets the revision") {
            .changing { changes in
                changes.map { change in
                    guard case .delete(let key, _) = change else { return change }
                    return .delete(key, revision: .init(1))
                }
            }
        },
        bug(SearchLaws.deletionsLast, "deletions of what is not there are ignored") {
            let known = Shared(Set<SearchKey>())
            return .changing { changes in
                changes.filter { change in
                    known.withLock { known in
                        guard case .put = change else { return known.contains(change.key) }
                        known.insert(change.key)
                        return true
                    }
                }
            }
        },
        bug(SearchLaws.lastOfABatchCounts, "the last of an update wins") {
            .changing { changes in
                let last = Dictionary(changes.map { ($0.key, $0) }) { $1 }
                return Array(last.values)
            }
        },
        bug(SearchLaws.refusedUpdatesChangeNothing, "changes are applied one by one") {
            AlteredSearchIndex(onUpdate: { changes, base async throws(SearchError) in
                for change in changes { try await base.update([change]) }
            })
        },
        bug(SearchLaws.racesEndAtTheLatest, "who comes in the middle of a race is lost") {
            .changing { $0.filter { $0.revision.value != 10 } }
        },
        PlantedBug(SearchLaws.namespacesAreApart, "all namespaces are one") {
            let index = InMemorySearchIndex()
            return SearchSite(index, other: index)
        },
        PlantedBug(SearchLaws.indexesAreReopened, "nothing outlives the process") {
            SearchSite(InMemorySearchIndex(), other: InMemorySearchIndex()) { InMemorySearchIndex() }
        },
    ]

    private static let words = [
        bug(SearchLaws.allWordsMustMatch, "one word is enough") {
            .queries { $0.words = $0.words.split(separator: " ").last.map(String.init) ?? "" }
        },
        bug(SearchLaws.allWordsMustMatch, "every last word is a beginning") { .queries { $0.lastWordIsPrefix = true } },
        bug(SearchLaws.lastWordMayBeAPrefix, "no word is a beginning") { .queries { $0.lastWordIsPrefix = false } },
        bug(SearchLaws.writingDoesNotMatter, "documents with a letter beyond ASCII have no title") {
            .documents { if !$0.title.utf8.allSatisfy({ $0 < 0x80 }) { $0.title = "" } }
        },
        bug(SearchLaws.everyScriptIsFound, "only what is between spaces is a word") {
            .queries { if !$0.words.utf8.allSatisfy({ $0 < 0x80 }) { $0.words = "x\($0.words)x" } }
        },
        bug(SearchLaws.wordsAreOnlyWords, "quotes are refused") {
            AlteredSearchIndex(onFind: { query, base async throws(SearchError) in
                guard !query.words.contains("\"") else { throw SearchError(.unavailable, "syntax error") }
                return try await base.find(query)
            })
        },
        bug(SearchLaws.wordsAreOnlyWords, "an asterisk makes a beginning") {
            .queries { if $0.words.contains("*") { $0.lastWordIsPrefix = true } }
        },
        bug(SearchLaws.longTextsAreFound, "only the beginning of a body is found") {
            .documents { $0.body = String($0.body.prefix(2_000)) }
        },
    ]

    private static let filters = [
        bug(SearchLaws.facetsAreChosen, "one filter on a facet is enough") {
            .queries { query in
                var seen: Set<SearchField> = []
                query.filters.removeAll { filter in
                    guard case .facet(let field, _) = filter else { return false }
                    return !seen.insert(field).inserted
                }
            }
        },
        bug(SearchLaws.facetsAreChosen, "only one of the values counts") {
            .queries { query in
                query.filters = query.filters.map { filter in
                    guard case .facet(let field, let values) = filter else { return filter }
                    return .facet(field, anyOf: Set(values.sorted().prefix(1)))
                }
            }
        },
        bug(SearchLaws.numbersAreBounded, "the upper bound is not included") {
            .queries { query in
                query.filters = query.filters.map { filter in
                    guard case .number(let field, let lower, let upper?) = filter else { return filter }
                    return .number(field, atLeast: lower, atMost: upper == .min ? upper : upper - 1)
                }
            }
        },
        bug(SearchLaws.numbersAreBounded, "what has no number has a zero") {
            .documents { if $0.numbers["price"] == nil { $0.numbers["price"] = 0 } }
        },
        bug(SearchLaws.flagsAreDemanded, "flags are not looked at") {
            .queries { $0.filters.removeAll { if case .flag = $0 { true } else { false } } }
        },
        bug(SearchLaws.facetsAreCounted, "a facet is counted under its own filter") {
            AlteredSearchIndex(onFind: { query, base async throws(SearchError) in
                let result = try await base.find(query)
                let chosen = query.filters.reduce(into: [SearchField: Set<SearchValue>]()) { chosen, filter in
                    if case .facet(let field, let values) = filter { chosen[field] = values }
                }
                let facets = Dictionary(
                    uniqueKeysWithValues: result.facets.map { field, counts in
                        (field, counts.filter { chosen[field]?.contains($0.value) ?? true })
                    }
                )
                return result.with(facets: facets)
            })
        },
        bug(SearchLaws.facetsAreCounted, "values are counted on the page") {
            .results { result, query in
                query.cursor == nil ? result : result.with(facets: result.facets.mapValues { Array($0.prefix(1)) })
            }
        },
        bug(SearchLaws.namesAreBytes, "composed and decomposed names are one") {
            .documents { document in
                if let key = try? SearchKey(String(document.key.text.map { $0 == "é" ? "é" : $0 })) {
                    document.key = key
                }
            }
        },
    ]

    private static let order = [
        bug(SearchLaws.fitComesFirst, "what was found comes by key") {
            .results { result, query in
                result.with(hits: query.sort == .relevance ? result.hits.sorted { $0.key < $1.key } : result.hits)
            }
        },
        bug(SearchLaws.fitComesFirst, "there is no score unless it orders") {
            .results { result, query in
                guard query.sort != .relevance else { return result }
                return result.with(hits: result.hits.map { SearchHit($0.key, score: SearchScore(0)) })
            }
        },
        bug(SearchLaws.numbersOrder, "what has no number comes as a zero") {
            .documents { if $0.numbers.isEmpty { $0.numbers["n"] = 0 } }
        },
        bug(SearchLaws.pagesNeitherOverlapNorSkip, "every page is the first") { .queries { $0.cursor = nil } },
        bug(SearchLaws.pagesNeitherOverlapNorSkip, "the last hit of a page is left out") {
            .results { result, _ in
                result.next == nil || result.hits.count < 2 ? result : result.with(hits: result.hits.dropLast())
            }
        },
        bug(SearchLaws.cursorsTravel, "there is never a second page") { .results { $0.with(next: .some($1.cursor)) } },
        bug(SearchLaws.cursorsStayWithTheirQuery, "a cursor of another query begins anew") {
            AlteredSearchIndex(onFind: { query, base async throws(SearchError) in
                do throws(SearchError) {
                    return try await base.find(query)
                } catch {
                    guard error.code == .foreignCursor else { throw error }
                    var first = query
                    first.cursor = nil
                    return try await base.find(first)
                }
            })
        },
    ]

    private static let whole = [
        bug(SearchLaws.boundsAreKept, "a page is cut rather than refused") {
            .queries { $0.limit = min($0.limit, SearchLimits.pageSize) }
        },
        bug(SearchLaws.modelIsMatched, "one in ten documents is lost") {
            .changing { $0.filter { $0.revision.value % 10 != 0 } }
        },
        bug(SearchLaws.modelIsMatched, "counts are of the highest value only") {
            .results { result, _ in result.with(facets: result.facets.mapValues { Array($0.prefix(1)) }) }
        },
    ]
}
