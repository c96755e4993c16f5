public import MarketplaceCore

/// Which events of the feed a reader wants.
public struct EventFilter: Hashable, Sendable {
    /// The categories that are wanted; nil for all but journals.
    public let categories: Set<StreamCategory>?
    /// The names that are wanted, compared as bytes; nil for all.
    public let names: Set<String>?

    private init(categories: Set<StreamCategory>?, names: Set<String>?) {
        self.categories = categories
        self.names = names
    }

    /// Every event but those of journals.
    public static let all = EventFilter(categories: nil, names: nil)

    /// The events of these categories; naming a journal's category is how its events are read.
    public static func categories(_ categories: Set<StreamCategory>) -> EventFilter {
        EventFilter(categories: categories, names: nil)
    }

    /// The events of these names, journals excepted.
    public static func names(_ names: Set<String>) -> EventFilter {
        EventFilter(categories: nil, names: names)
    }

    /// The events that pass this filter and have one of these names.
    public func named(_ names: Set<String>) -> EventFilter {
        EventFilter(categories: categories, names: self.names.map { $0.intersection(names) } ?? names)
    }

    /// Whether an event passes.
    public func matches(_ event: RecordedEvent) -> Bool {
        if let categories {
            guard categories.contains(event.stream.category) else { return false }
        } else if event.stream.category.isJournal {
            return false
        }
        return matches(name: event.name)
    }

    /// Whether an event of that name passes, its category left aside.
    ///
    /// A set of texts finds a canonically equivalent one as well, which is another name here.
    package func matches(name: String) -> Bool {
        guard let names else { return true }
        guard let place = names.firstIndex(of: name) else { return false }
        return names[place].isBytewiseEqual(to: name)
    }
}
