#include "wire/error_envelope.h"

#include "base/json.h"
#include "wire/xml_codec.h"

namespace weir::wire {
namespace {

// Modelled exceptions of these services spell the member with a capital; unmodelled ones (authentication) do not.
std::string_view message_key(const ServiceModel* service, std::string_view code) {
  return service && find_error(*service, code) ? "Message" : "message";
}

std::string json_body(const ServiceModel* service, const ErrorAnswer& answer) {
  std::string body;
  base::JsonWriter json(body);
  json.begin_object();
  json.key("__type");
  json.string(answer.code);
  json.key(message_key(service, answer.code));
  json.string(answer.message);
  for (auto& [name, value] : answer.extra) {
    json.key(name);
    json.string(value);
  }
  json.end_object();
  return body;
}

// XML cannot say control characters, nor U+FFFE and U+FFFF: a message that repeats one from a request would make the
// whole document unreadable.
std::string sayable(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool control =
        static_cast<unsigned char>(text[i]) < 0x20 && text[i] != '\t' && text[i] != '\n' && text[i] != '\r';
    const bool noncharacter = text.substr(i, 3) == "\xef\xbf\xbe" || text.substr(i, 3) == "\xef\xbf\xbf";
    out += control || noncharacter ? '?' : text[i];
    if (noncharacter) i += 2;
  }
  return out;
}

std::string query_body(const ServiceModel* service, const ErrorAnswer& answer, int status) {
  std::string body = "<ErrorResponse xmlns=\"";
  body += service ? service->xml_namespace : "http://webservices.amazon.com/AWSFault/2005-15-09";
  body += "\"><Error>";
  append_xml_element("Type", answer.sender_fault && status < 500 ? "Sender" : "Receiver", body);
  append_xml_element("Code", answer.code, body);
  append_xml_element("Message", sayable(answer.message), body);
  for (auto& [name, value] : answer.extra) append_xml_element(name, sayable(value), body);
  body += "</Error>";
  append_xml_element("RequestId", answer.request_id, body);
  return body += "</ErrorResponse>";
}

std::string s3_body(const ErrorAnswer& answer) {
  std::string body(kXmlDeclaration);
  body += "<Error>";
  append_xml_element("Code", answer.code, body);
  append_xml_element("Message", sayable(answer.message), body);
  for (auto& [name, value] : answer.extra) append_xml_element(name, sayable(value), body);
  if (!answer.resource.empty()) append_xml_element("Resource", answer.resource, body);
  append_xml_element("RequestId", answer.request_id, body);
  append_xml_element("HostId", answer.request_id, body);
  return body += "</Error>";
}

}  // namespace

int error_status(const ServiceModel* service, std::string_view code) {
  auto* shape = service ? find_error(*service, code) : nullptr;
  if (shape && shape->http_status) return shape->http_status;
  const bool ours = (shape && !shape->sender_fault) || code.starts_with("InternalService") ||
                    code == "InternalFailure" || code == "InternalError" || code == "ServiceFailure";
  return ours ? 500 : 400;
}

WireResponse encode_error(Protocol protocol, const ServiceModel* service, const ErrorAnswer& answer) {
  WireResponse response;
  response.status = answer.status ? answer.status : error_status(service, answer.code);
  add_request_id(protocol, answer.request_id, response.headers);
  std::string type;
  switch (protocol) {
    case Protocol::aws_json:
      type = "application/x-amz-json-" + std::string(service ? service->json_version : "1.1");
      response.body = json_body(service, answer);
      break;
    case Protocol::rest_json:
      type = "application/json";
      response.headers.emplace_back("x-amzn-ErrorType", answer.code);
      response.body = json_body(service, answer);
      break;
    case Protocol::query:
      type = "text/xml";
      response.body = query_body(service, answer, response.status);
      break;
    case Protocol::rest_xml:
      type = "application/xml";
      response.body = s3_body(answer);
      break;
  }
  if (answer.head)
    response.body.clear();
  else
    response.headers.emplace_back("Content-Type", std::move(type));
  return response;
}

}  // namespace weir::wire
