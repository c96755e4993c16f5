package import MarketplaceCore

/// The subject of holder nonces.
package enum LockHolderSubject {}

/// A number that no two leases share, by which a holder recognises its own.
package typealias LockHolder = Identifier<LockHolderSubject>
