/// Somebody who will sign up.
package struct PlannedMember: Sendable, Hashable {
    /// On which day, from 0.
    package let day: Int
}
