public import MarketplaceCore
import Synchronization

/// Writes down what it is told, and leaves the hook around operations as it is.
public final class Notebook: Observer {
    private let notes = Mutex<[any ObserverEvent]>([])

    /// An empty notebook.
    public init() {}

    /// Takes note.
    public func record(_ event: some ObserverEvent) {
        notes.withLock { $0.append(event) }
    }

    /// The names of the events, in order.
    public var lines: [String] { notes.withLock { $0.map { type(of: $0).name } } }

    /// The events of a type, in order.
    public func events<Event: ObserverEvent>(_ type: Event.Type = Event.self) -> [Event] {
        notes.withLock { $0.compactMap { $0 as? Event } }
    }

    /// The labels of all events, in order: each as a metric would get them.
    public var labels: [[String: ObserverAttribute.Value]] {
        notes.withLock { events in
            events.map { event in
                Dictionary(uniqueKeysWithValues: event.attributes.filter(\.isLabel).map { ($0.name, $0.value) })
            }
        }
    }
}
