import MarketplaceCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
// Apple's platforms have the same coders in Foundation alone.
import Foundation
#endif

extension JSONDocumentError {
    init(_ problem: Problem, steps: [JSONPath.Step], position: JSONDocument.Position?) {
        self.init(problem, path: JSONPath.text(of: steps), position: position)
    }

    /// What a document, whose text is without fault, is refused for.
    ///
    /// The toolchain's decoder tells no place of a number that does not fit, and nobody that of an error of the value's
    /// own: another decoding finds it.
    init<Value: Decodable>(decoding type: Value.Type, from bytes: [UInt8], error: any Error) {
        do {
            _ = try JSONDecoder().decode(LocatedValue<Value>.self, from: Data(bytes))
            self.init(located: error, in: bytes)
        } catch let located {
            self.init(located: located, in: bytes)
        }
    }

    private init(located error: any Error, in bytes: [UInt8]) {
        guard let error = error as? DecodingError else {
            self.init(.refused(reason: "\(error)".inOneLine))
            return
        }
        let fault = DecodingFault(error)
        let steps = JSONPath.steps(of: fault.path)
        let place = JSONPlace(steps, in: bytes)
        self.init(fault.problem(at: place), steps: place?.steps ?? steps, position: place?.position)
    }

    /// Why a value has no document.
    init(encodingError error: any Error) {
        if case EncodingError.invalidValue(_, let context) = error {
            let steps = JSONPath.steps(of: context.codingPath)
            self.init(.refused(reason: context.debugDescription.inOneLine), steps: steps, position: nil)
        } else {
            self.init(.refused(reason: "\(error)".inOneLine))
        }
    }
}
