/// Where a hold on store credit is in its life.
public enum StoreCreditHoldState: String, Sendable, Hashable, Codable, CaseIterable {
    /// Set aside, until it is spent or released.
    case held
    /// Taken.
    case spent
    /// Set free again.
    case released
    /// Set free because its deadline had passed.
    case expired
}
