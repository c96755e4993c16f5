/// The facts of one kind of event, stored for good.
///
/// Fields may be added as optionals. A change that an old stored event would not decode under takes a new
/// ``schemaVersion`` and a reader for the old one (``EventCase/reading(_:version:_:)``). Personal data stays out of
/// payloads: they carry ids.
public protocol EventPayload: Codable, Hashable, Sendable {
    /// The name on the feed, such as `OrderCreated`: unique, never renamed after a release.
    static var eventName: String { get }

    /// The version of the stored form, from 1.
    static var schemaVersion: Int { get }
}

extension EventPayload {
    /// The first version.
    public static var schemaVersion: Int { 1 }
}
