/// Hands everything on to the container of another decoder and makes its errors tell where they are.
struct LocatingSingleValueContainer: SingleValueDecodingContainer {
    let base: any SingleValueDecodingContainer

    var codingPath: [any CodingKey] { base.codingPath }

    func decodeNil() -> Bool { base.decodeNil() }
    func decode(_ type: Bool.Type) throws -> Bool { try base.decode(type) }
    func decode(_ type: String.Type) throws -> String { try base.decode(type) }
    func decode(_ type: Double.Type) throws -> Double { try number { try base.decode(type) } }
    func decode(_ type: Float.Type) throws -> Float { try number { try base.decode(type) } }
    func decode(_ type: Int.Type) throws -> Int { try number { try base.decode(type) } }
    func decode(_ type: Int8.Type) throws -> Int8 { try number { try base.decode(type) } }
    func decode(_ type: Int16.Type) throws -> Int16 { try number { try base.decode(type) } }
    func decode(_ type: Int32.Type) throws -> Int32 { try number { try base.decode(type) } }
    func decode(_ type: Int64.Type) throws -> Int64 { try number { try base.decode(type) } }
    func decode(_ type: Int128.Type) throws -> Int128 { try number { try base.decode(type) } }
    func decode(_ type: UInt.Type) throws -> UInt { try number { try base.decode(type) } }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try number { try base.decode(type) } }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try number { try base.decode(type) } }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try number { try base.decode(type) } }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try number { try base.decode(type) } }
    func decode(_ type: UInt128.Type) throws -> UInt128 { try number { try base.decode(type) } }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        LocatedValue<Value>.isSpecial ? try base.decode(type) : try base.decode(LocatedValue<Value>.self).value
    }

    /// Decodes a number; one that does not fit gets the place and the range, which the toolchain's decoder leaves out.
    private func number<Number: Numeric>(_ decode: () throws -> Number) throws -> Number {
        do {
            return try decode()
        } catch let error as DecodingError where !error.isCorruption {
            throw error
        } catch {
            // The toolchain's decoder throws an error that only itself knows here.
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: codingPath,
                    debugDescription: "the number does not fit",
                    underlyingError: LocatedExpectation(numberOf: Number.self)
                )
            )
        }
    }
}

extension DecodingError {
    /// Whether it is about a value of the right kind.
    fileprivate var isCorruption: Bool {
        if case .dataCorrupted = self { true } else { false }
    }
}
