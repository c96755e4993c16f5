import ExampleSupport
import Testing

struct OrderedJSONTests {
    @Test func membersKeepTheOrderInWhichTheyAreWritten() {
        let value: OrderedJSON = ["zebra": 1, "ant": [true, false, nil], "cow": [:], "dog": [], "name": "x"]
        #expect(value.description == #"{"zebra":1,"ant":[true,false,null],"cow":{},"dog":[],"name":"x"}"#)
    }

    @Test func theIndentedFormHasOneMemberToALine() {
        let value: OrderedJSON = ["a": 1, "b": [1, ["c": "d"]], "e": [], "f": [:]]
        #expect(
            value.indented == """
                {
                  "a": 1,
                  "b": [
                    1,
                    {
                      "c": "d"
                    }
                  ],
                  "e": [],
                  "f": {}
                }

                """
        )
    }

    @Test func whatFitsOnALineStandsOnOne() {
        let value: OrderedJSON = ["a": [1, 2, 3], "b": ["key": "a longer text", "n": [:]], "c": []]
        let narrow = """
            {
              "a": [1, 2, 3],
              "b": {
                "key": "a longer text",
                "n": {}
              },
              "c": []
            }

            """
        #expect(value.indented(width: 20) == narrow)
        let whole = #"{"a": [1, 2, 3], "b": {"key": "a longer text", "n": {}}, "c": []}"#
        #expect(value.indented(width: 80) == whole + "\n")
    }

    @Test func textIsEscapedAndTheRestIsLeftAlone() {
        let text = "\"\\/\n\r\t\u{8}\u{C}\u{0}\u{1F}\u{7F}é\u{2028}😀"
        #expect(OrderedJSON.text(text).description == "\"\\\"\\\\/\\n\\r\\t\\b\\f\\u0000\\u001f\u{7F}é\u{2028}😀\"")
    }

    @Test func numbersAreExact() {
        #expect(OrderedJSON.integer(Int64.min).description == "-9223372036854775808")
        #expect(OrderedJSON.integer(Int64.max).description == "9223372036854775807")
        #expect(OrderedJSON.fixed(-5, decimals: 2).description == "-0.05")
        #expect(OrderedJSON.fixed(1_230, decimals: 2).description == "12.30")
        #expect(OrderedJSON.fixed(Int64.min, decimals: 0).description == "-9223372036854775808")
    }

    @Test func valuesAreBuiltFromWhatARunCounted() {
        let sold = 3
        let names = ["a", "b"]
        let value: OrderedJSON = [
            "sold": .integer(sold), "label": "sale \(sold)", "names": .array(names.map { .text($0) }),
        ]
        #expect(value.description == #"{"sold":3,"label":"sale 3","names":["a","b"]}"#)
    }
}
