// The one door through which XML enters this floor: a strict parse, and a view that knows namespaces.
//
// wire/xml_document.h reads request bodies and ignores prefixes. Here every name is a namespace and a
// local name, because a signature is over names, and comments are not skipped but refused: a comment
// inside a text is where two readers of one signed document begin to differ.
//
// Invariants of a document that parse() let through:
//  1. UTF-8, no document type, no CDATA, no processing instruction; comments only where Rules allow them.
//  2. At most nodes_max nodes, kDepthMax levels, and kAttributesMax attributes or declarations on one element.
//  3. No two identifiers (attributes named ID, Id, AssertionID and the like) are equal; there is no xml:id.
//
// Threads: a Document is a value of one owner; Elements point into it and must not outlive it.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct _xmlDoc;
struct _xmlNode;

namespace weir::identity::saml {

inline constexpr std::string_view kProtocolNs = "urn:oasis:names:tc:SAML:2.0:protocol";
inline constexpr std::string_view kAssertionNs = "urn:oasis:names:tc:SAML:2.0:assertion";
inline constexpr std::string_view kMetadataNs = "urn:oasis:names:tc:SAML:2.0:metadata";
inline constexpr std::string_view kSignatureNs = "http://www.w3.org/2000/09/xmldsig#";
inline constexpr std::string_view kEncryptionNs = "http://www.w3.org/2001/04/xmlenc#";
inline constexpr std::string_view kExclusiveC14n = "http://www.w3.org/2001/10/xml-exc-c14n#";

inline constexpr size_t kDepthMax = 64;
inline constexpr size_t kAttributesMax = 64;

// A view; the default one is no element.
class Element {
 public:
  Element() = default;
  explicit Element(_xmlNode* node) : node_(node) {}

  explicit operator bool() const { return node_ != nullptr; }
  bool operator==(const Element&) const = default;
  bool is(std::string_view ns, std::string_view name) const;
  std::string_view name() const;  // local
  Element parent() const;
  std::vector<Element> children() const;
  std::vector<Element> children(std::string_view ns, std::string_view name) const;
  // The child of that name when there is exactly one, otherwise no element.
  Element only(std::string_view ns, std::string_view name) const;
  // The text when nothing but one text (or nothing at all) is inside.
  std::optional<std::string> text() const;
  // True when between the child elements is nothing but white space.
  bool holds_only_elements() const;
  // Of an attribute without namespace.
  std::optional<std::string> attribute(std::string_view name) const;
  bool has_attributes() const;
  _xmlNode* node() const { return node_; }

 private:
  _xmlNode* node_ = nullptr;
};

struct Rules {
  size_t bytes_max;
  size_t nodes_max;
  bool comments = false;  // harmless where an administrator vouches for the whole text
};
inline constexpr Rules kMessageRules{.bytes_max = 100'000, .nodes_max = 50'000};

class Document {
 public:
  // The error's log says what was wrong; it says nothing to callers: theirs is to word that.
  static base::Result<Document> parse(std::string_view text, const Rules& rules);

  Element root() const;
  // How many elements of that name the whole document has.
  size_t count(std::string_view ns, std::string_view name) const;
  // Makes the element findable under its ID attribute, for the reference of its signature.
  base::Status register_id(Element element) const;
  _xmlDoc* get() const { return document_.get(); }

 private:
  struct Free {
    void operator()(_xmlDoc* document) const;
  };
  explicit Document(_xmlDoc* document) : document_(document) {}
  std::unique_ptr<_xmlDoc, Free> document_;
};

}  // namespace weir::identity::saml
