import MarketplaceCore
import MarketplaceStorage

/// Two contents that are easily taken for one.
struct ContentPair {
    /// Makes the first content.
    let first: (inout Transaction) -> Void
    /// Makes the second one.
    let second: (inout Transaction) -> Void

    /// All of them.
    static func all(_ probe: StoreProbe) -> [ContentPair] { counters + events(probe) + documents }

    private static let stream = StreamID("reuse", "shared")
    private static let key = DocumentKey("reuse", "a")

    private static var counters: [ContentPair] {
        [
            ContentPair(first: { $0.add(1, to: "c") }, second: { $0.add(2, to: "c") }),
            ContentPair(first: { $0.add(0, to: "c") }, second: { $0.add(0, to: "c", floor: 0) }),
            ContentPair(first: { $0.add(0, to: "c", floor: 0) }, second: { $0.add(0, to: "c", ceiling: 0) }),
            ContentPair(first: { $0.deleteCounter("c") }, second: { $0.deleteCounter("d") }),
            ContentPair(
                first: { $0.require(.fence("f", FencingToken(1))) },
                second: { $0.require(.fence("f", FencingToken(2))) }
            ),
        ]
    }

    private static func events(_ probe: StoreProbe) -> [ContentPair] {
        [
            ContentPair(
                first: { $0.append(probe.drafts(1), to: stream, expecting: .any) },
                second: { $0.append(probe.drafts(1), to: stream, expecting: .any) }
            ),
            event(probe, payload: [1, 2, 4]), event(probe, schemaVersion: 2), event(probe, command: "command"),
            event(probe, commandDigest: ContentDigest.Value(bits: 1)),
            ContentPair(
                first: { $0.trim(.before(.none, of: stream)) },
                second: { $0.trim(.before(.first, of: stream)) }
            ),
        ]
    }

    /// An event of its own for each pair, for an id is recorded once.
    private static func event(
        _ probe: StoreProbe,
        schemaVersion: Int = 1,
        payload: [UInt8] = [1, 2, 3],
        command: IdempotencyKey? = nil,
        commandDigest: ContentDigest.Value? = nil
    ) -> ContentPair {
        let first = probe.draft()
        let second = EventDraft(
            id: first.id,
            name: first.name,
            schemaVersion: schemaVersion,
            payload: payload,
            command: command,
            commandDigest: commandDigest,
            headers: first.headers
        )
        return ContentPair(
            first: { $0.append([first], to: stream, expecting: .any) },
            second: { $0.append([second], to: stream, expecting: .any) }
        )
    }

    private static var documents: [ContentPair] {
        func write(_ entries: [IndexEntry], _ unique: [UniqueKey] = []) -> (inout Transaction) -> Void {
            { $0.write(DocumentWrite(key, body: [1], indexEntries: entries, uniqueKeys: unique)) }
        }
        return [
            ContentPair(first: { $0.delete(key) }, second: { $0.write(DocumentWrite(key, body: [])) }),
            ContentPair(
                first: { $0.write(DocumentWrite(key, body: [1])) },
                second: { $0.write(DocumentWrite(key, body: [1, 0])) }
            ),
            ContentPair(first: write([IndexEntry("i", .integer(0))]), second: write([IndexEntry("i", .text(""))])),
            ContentPair(
                first: write([IndexEntry("i", .integer(1), .integer(1))]),
                second: write([IndexEntry("i", .text("\u{1}"))])
            ),
            ContentPair(
                first: write([IndexEntry("i", .text("j"))]),
                second: write([IndexEntry("i"), IndexEntry("j")])
            ),
            ContentPair(first: write([IndexEntry("i", .text("u"))]), second: write([IndexEntry("i")], ["u"])),
            ContentPair(first: write([], ["e\u{301}"]), second: write([], ["\u{e9}"])),
        ]
    }
}
