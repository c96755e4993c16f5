import ExampleSupport
import MarketplaceJSON
import MarketplaceStorage

/// What other people's libraries reached, as `Tests/Benchmarks/Peers/run` writes it down.
struct PeerFigures: Decodable, Sendable {
    /// One of them.
    struct Figure: Decodable, Sendable {
        /// The library, with its version and how it was run.
        let program: String
        /// Its best speed.
        let operationsPerSecond: Int64
    }

    /// The most bytes of such a file: a hundred times what it has.
    private static let mostBytes = 1_000_000

    /// By the name that a benchmark's peer has, such as `sqlite/dbos/three-steps`.
    let figures: [String: Figure]

    /// Reads the file.
    static func read(_ path: String) throws -> PeerFigures {
        let codec: any PayloadCodec = .json
        return try codec.decode(PeerFigures.self, from: try InputFile.read(path, limit: mostBytes))
    }
}
