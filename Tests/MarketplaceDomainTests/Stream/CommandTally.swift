/// How often each command was carried out, changed nothing and was refused.
struct CommandTally {
    struct Count {
        var legal = 0
        var unchanged = 0
        var refused = 0
    }

    private(set) var counts: [String: Count] = [:]
    /// The commands that had an effect again when they were given twice.
    private(set) var toldAnew: Set<String> = []

    var total: Int { counts.values.reduce(0) { $0 + $1.legal + $1.unchanged + $1.refused } }
    var neverLegal: [String] { counts.filter { $0.value.legal == 0 }.map(\.key).sorted() }
    var neverRefused: [String] { counts.filter { $0.value.refused == 0 }.map(\.key).sorted() }

    mutating func note(_ command: String, _ outcome: WritableKeyPath<Count, Int>) {
        counts[command, default: Count()][keyPath: outcome] += 1
    }

    mutating func noteToldAnew(_ command: String) {
        toldAnew.insert(command)
    }

    mutating func add(_ other: CommandTally) {
        for (command, count) in other.counts {
            counts[command, default: Count()].legal += count.legal
            counts[command, default: Count()].unchanged += count.unchanged
            counts[command, default: Count()].refused += count.refused
        }
        toldAnew.formUnion(other.toldAnew)
    }

    /// A line for each command.
    var table: String {
        let lines = counts.sorted { $0.key < $1.key }.map { command, count in
            "\(command): \(count.legal) carried out, \(count.unchanged) without effect, \(count.refused) refused"
        }
        return (lines + ["\(total) commands of \(counts.count) kinds"]).joined(separator: "\n")
    }
}
