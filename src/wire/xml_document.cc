#include "wire/xml_document.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <limits>

#include "base/text.h"
#include "wire/faults.h"

namespace weir::wire {
namespace {

std::string_view view(const xmlChar* text) {
  return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}

// Skips everything that is not an element.
const _xmlNode* element_from(const _xmlNode* node) {
  while (node && node->type != XML_ELEMENT_NODE) node = node->next;
  return node;
}

base::Error malformed(const char* why) {
  auto fault =
      serialization_fault("The XML you provided was not well-formed or did not validate against our published schema");
  fault.log = why;
  return fault;
}

bool is_text(xmlElementType type) { return type == XML_TEXT_NODE || type == XML_CDATA_SECTION_NODE; }

// Counts markup before a tree is built from it. Nesting in bytes is what a parser's own limits do not bound tightly.
bool is_too_deep(std::string_view text) {
  size_t depth = 0;
  for (size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (next == '/')
      depth -= depth ? 1 : 0;
    else if (next == '!' || next == '?')
      continue;
    else {
      auto end = text.find('>', at);
      const bool closes_itself = end != std::string_view::npos && text[end - 1] == '/';
      if (!closes_itself && ++depth > kDepthMax) return true;
    }
  }
  return false;
}

}  // namespace

void XmlDocument::Free::operator()(_xmlDoc* document) const { xmlFreeDoc(document); }

// The encoding is forced, so that a declared UTF-16 cannot smuggle a document type past the check below.
base::Result<XmlDocument> XmlDocument::parse(std::string_view text) {
  static const bool ready = (xmlInitParser(), true);
  (void)ready;
  if (text.size() > std::numeric_limits<int>::max() || !base::is_valid_utf8(text)) return malformed("not UTF-8");
  if (text.find("<!DOCTYPE") != std::string_view::npos) return malformed("a document type");
  if (is_too_deep(text)) return malformed("nested too deeply");
  constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT;
  XmlDocument document(xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8", kOptions));
  if (!document.document_) return malformed("not well-formed");
  if (document.document_->intSubset) return malformed("a document type");
  return document;
}

XmlElement XmlDocument::root() const { return XmlElement(xmlDocGetRootElement(document_.get())); }

std::string_view XmlElement::name() const { return view(node_->name); }
XmlElement XmlElement::first_child() const { return XmlElement(element_from(node_->children)); }
XmlElement XmlElement::next() const { return XmlElement(element_from(node_->next)); }

XmlElement XmlElement::child(std::string_view name) const {
  if (!node_) return {};
  for (auto each = first_child(); each; each = each.next())
    if (name == "*" || each.name() == name) return each;
  return {};
}

bool XmlElement::text(std::string& into) const {
  into.clear();
  for (auto* node = node_->children; node; node = node->next) {
    if (is_text(node->type))
      into += view(node->content);
    else if (node->type != XML_COMMENT_NODE && node->type != XML_PI_NODE)
      return false;
  }
  return true;
}

bool XmlElement::attribute(std::string_view name, std::string& into) const {
  for (auto* each = node_->properties; each; each = each->next) {
    std::string full = each->ns && each->ns->prefix ? std::string(view(each->ns->prefix)) + ":" : "";
    full += view(each->name);
    if (full != name) continue;
    into = each->children ? view(each->children->content) : std::string_view();
    return true;
  }
  return false;
}

}  // namespace weir::wire
