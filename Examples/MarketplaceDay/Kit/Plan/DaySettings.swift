/// How long the marketplace is watched, how large it is, and what everything that happens is drawn from.
package struct DaySettings: Sendable, Hashable, Codable {
    /// From this many days on every kind of trouble has the time to happen.
    package static let completeDays = 7

    /// How many days.
    package var days = 30
    /// How many members there are in the end.
    package var members = 200
    /// What the plan is drawn from.
    package var seed: UInt64 = 1

    /// Thirty days of two hundred members.
    package init() {}

    /// Settings of these parts.
    package init(days: Int, members: Int, seed: UInt64) {
        self.days = days
        self.members = members
        self.seed = seed
    }
}
