import MarketplaceCore

extension String {
    /// A name of one length for a key, where it does no harm when two texts have one.
    ///
    /// It keeps personal data out of the keys of counters and bounds their length. It is **not** cryptographic:
    /// whoever looks for two texts of one digest finds them, so nothing is proved by it.
    var keyDigest: String {
        var digest = ContentDigest()
        digest.combine(self)
        return String(digest.value.bits, radix: 36)
    }
}
