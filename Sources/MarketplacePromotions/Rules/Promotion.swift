/// A rule that changes what a buyer pays.
public struct Promotion: Sendable, Hashable {
}
