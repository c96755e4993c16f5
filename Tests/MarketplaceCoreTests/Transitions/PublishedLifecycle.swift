import Foundation
import MarketplaceCore
import Testing

/// A lifecycle that another engine publishes, as read from `PublishedLifecycles`.
struct PublishedLifecycle: Decodable, CustomTestStringConvertible {
    struct Timer: Decodable {
        var after: [String]?
        var period: String?
        var min: [Timer]?
    }

    struct Row: Decodable {
        var name: String
        var initial: Bool?
        var from: Sources?
        var to: String
        var actor: String?
        var timer: Timer?
        var actions: [String]?
    }

    /// One state or several.
    struct Sources: Decodable {
        var states: [String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let state = try? container.decode(String.self) {
                states = [state]
            } else {
                states = try container.decode([String].self)
            }
        }
    }

    typealias Machine = TransitionMachine<String, String, String>

    /// Who moves where the published table names nobody.
    static let anyone = "anyone"

    var id: String
    var initial: String?
    var states: [String]?
    var transitions: [Row]?
    var adjacency: [String: [String]]?

    var testDescription: String { id }

    var rows: [Machine.Row] {
        get throws {
            var rows: [Machine.Row] = []
            for row in transitions ?? [] {
                rows.append(
                    Transition(
                        row.name,
                        from: row.from?.states ?? [],
                        to: row.to,
                        by: row.timer == nil ? [row.actor ?? Self.anyone] : [],
                        at: try row.timer.map(Self.timer),
                        effects: (row.actions ?? []).map { TransitionEffect($0) }
                    )
                )
            }
            for (state, targets) in (adjacency ?? [:]).sorted(by: { $0.key < $1.key }) {
                rows += targets.map { Transition($0, from: [state], to: $0, by: [Self.anyone]) }
            }
            return rows
        }
    }

    var machine: Machine {
        get throws { try Machine(validating: rows, initial: initial) }
    }

    static func timer(_ published: Timer) throws -> TransitionTimer<String> {
        if let several = published.min { return .earliest(of: try several.map(timer)) }
        guard let after = published.after, let period = published.period else { throw Refused("a timer without parts") }
        let duration = try Duration(iso8601: period)
        switch (after.first, after.count) {
        case ("first-entered-state", 2): return .after(duration, since: .firstEntered(after[1]))
        case ("last-entered-state", 2): return .after(duration, since: .lastEntered(after[1]))
        case (let name?, 1): return .after(duration, since: .named(TimePointName(name)))
        default: throw Refused("an unknown time point \(after)")
        }
    }

    static func all(in file: String) throws -> [PublishedLifecycle] {
        struct Group: Decodable {
            var cases: [PublishedLifecycle]
        }
        let url = Bundle.module.url(forResource: file, withExtension: "json", subdirectory: "PublishedLifecycles")
        guard let url else {
            throw Refused("no \(file)")
        }
        return try JSONDecoder().decode(Group.self, from: Data(contentsOf: url)).cases
    }
}
