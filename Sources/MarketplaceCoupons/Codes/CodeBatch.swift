/// Codes that were generated together for one campaign.
public struct CodeBatch: Hashable, Sendable {
}
