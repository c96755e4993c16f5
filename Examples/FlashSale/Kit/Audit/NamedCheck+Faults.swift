import ExampleSupport

extension NamedCheck {
    /// Enough to begin a search with, and still a few lines.
    private static let shownFaults = 3

    /// A check that passes when there is nothing wrong; the first things that are wrong are its finding.
    static func of(_ name: String, _ faults: [String], _ facts: @autoclosure () -> String) -> NamedCheck {
        guard !faults.isEmpty else { return NamedCheck(name, passed: true, finding: facts()) }
        let shown = faults.prefix(shownFaults).joined(separator: "; ")
        let rest = faults.count - shownFaults
        return NamedCheck(name, passed: false, finding: rest > 0 ? "\(shown); and \(rest) more" : shown)
    }
}
