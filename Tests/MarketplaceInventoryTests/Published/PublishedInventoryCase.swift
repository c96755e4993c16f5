import Foundation
import MarketplaceCore
import MarketplaceInventory
import Testing

/// One published scenario: the stock of one SKU, one operation, and what the engine's own tests assert of both.
struct PublishedInventoryCase: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let levels: [Level]
    let operation: Operation
    let expected: Expectation
    /// Where units may come from, by the words of the source: in the order of the levels unless told otherwise.
    let strategy: AllocationStrategy

    var testDescription: String { id }

    struct Level: Decodable, Sendable {
        let location: LocationKey
        let onHand: Int64
        let allocated: Int64
        let reserved: Int64

        enum CodingKeys: String, CodingKey, CaseIterable {
            case location, allocated, reserved
            case onHand = "on_hand"
        }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(besides: CodingKeys.self)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            location = try container.decode(LocationKey.self, forKey: .location)
            onHand = try container.decode(Int64.self, forKey: .onHand)
            allocated = try container.decode(Int64.self, forKey: .allocated)
            reserved = try container.decode(Int64.self, forKey: .reserved)
        }
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case id, source, levels, expected, strategy, order, note
        case operation = "op"
        case quirk = "source_quirk"
        case dependsOnPolicy = "policy_dependent"
    }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        levels = try container.decode([Level].self, forKey: .levels)
        operation = try container.decode(Operation.self, forKey: .operation)
        expected = try container.decode(Expectation.self, forKey: .expected)
        switch try container.decodeIfPresent(String.self, forKey: .strategy) {
        case nil: strategy = .priority(levels.map(\.location))
        case "highest_stock": strategy = .mostStock
        case "sorted": strategy = .priority(try container.decode([LocationKey].self, forKey: .order))
        case let name?:
            throw DecodingError.dataCorruptedError(forKey: .strategy, in: container, debugDescription: name)
        }
    }

    static func all() throws -> [PublishedInventoryCase] {
        struct File: Decodable {
            let cases: [PublishedInventoryCase]
        }
        let url = try #require(
            Bundle.module.url(forResource: "published-inventory", withExtension: "json", subdirectory: "Vectors")
        )
        return try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).cases
    }
}

extension PublishedInventoryCase {
    /// What is done.
    enum Operation: Decodable, Sendable {
        case reserve([ReservationLine])
        case reserveAnywhere([Int], minutes: Int64?)
        case allocateAnywhere([Int])
        case changeReservation(from: Int64, to: Int64)
        case deallocate(Int64)
        case ship(Int64)
        case canSupply(Int)
        case adjust(Int64)

        private struct Line: Decodable {
            let location: LocationKey
            let qty: Quantity
        }

        private struct Change: Decodable {
            let from: Int64
            let to: Int64
        }

        enum CodingKeys: String, CodingKey, CaseIterable {
            case reserve, adjust, allocate, deallocate, ship
            case changeReservation = "change_reservation"
            case canSupply = "can_supply"
            case allocateLines = "allocate_lines"
            case reserveLines = "reserve_lines"
            case reserveAny = "reserve_any"
            case minutes = "ttl_minutes"
        }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(besides: CodingKeys.self)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let names = container.allKeys.filter { $0 != .minutes }
            guard let name = names.first, names.count == 1 else {
                throw DecodingError.dataCorrupted(
                    DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "not one operation")
                )
            }
            switch name {
            case .reserve:
                let lines = try container.decode([Line].self, forKey: name)
                self = .reserve(lines.map { ReservationLine(PublishedInventoryRun.sku, $0.qty, at: $0.location) })
            case .changeReservation:
                let change = try container.decode(Change.self, forKey: name)
                self = .changeReservation(from: change.from, to: change.to)
            case .allocate: self = .allocateAnywhere([try container.decode(Int.self, forKey: name)])
            case .allocateLines: self = .allocateAnywhere(try container.decode([Int].self, forKey: name))
            case .reserveAny, .minutes:
                let minutes = try container.decodeIfPresent(Int64.self, forKey: .minutes)
                self = .reserveAnywhere([try container.decode(Int.self, forKey: .reserveAny)], minutes: minutes)
            case .reserveLines:
                self = .reserveAnywhere(try container.decode([Int].self, forKey: name), minutes: nil)
            case .deallocate: self = .deallocate(try container.decode(Int64.self, forKey: name))
            case .ship: self = .ship(try container.decode(Int64.self, forKey: name))
            case .canSupply: self = .canSupply(try container.decode(Int.self, forKey: name))
            case .adjust: self = .adjust(try container.decode(Int64.self, forKey: name))
            }
        }
    }

    /// What is there afterwards; what is not mentioned is as it was.
    struct Expectation: Decodable, Sendable {
        let onHand: [String: Int64]?
        let allocated: [String: Int64]?
        let reserved: [String: Int64]?
        let isPossible: Bool?
        let error: String?
        let minutes: Int64?
        let reservationCount: Int?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case allocated, reserved, error
            case onHand = "on_hand"
            case isPossible = "ok"
            case minutes = "expires_in_minutes"
            case reservationCount = "reservations"
        }

        init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(besides: CodingKeys.self)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            onHand = try container.decodeIfPresent([String: Int64].self, forKey: .onHand)
            allocated = try container.decodeIfPresent([String: Int64].self, forKey: .allocated)
            reserved = try container.decodeIfPresent([String: Int64].self, forKey: .reserved)
            isPossible = try container.decodeIfPresent(Bool.self, forKey: .isPossible)
            error = try container.decodeIfPresent(String.self, forKey: .error)
            minutes = try container.decodeIfPresent(Int64.self, forKey: .minutes)
            reservationCount = try container.decodeIfPresent(Int.self, forKey: .reservationCount)
        }
    }
}
