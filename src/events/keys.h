// Where the records of events are in the store. All under "events":
//
//   events rule ACCOUNT NAME                 Rule, with its targets
//   events connection ACCOUNT NAME           Connection
//   events destination ACCOUNT NAME          ApiDestination
//   events token CONNECTION                  HeldToken of a connection, by its id
//   events channel ACCOUNT NAME              Channel
//   events ticket ACCOUNT SUBJECT ENTRY      KeptTicket that a channel's ticket system made
#pragma once
#include <string>
#include <string_view>

namespace weir::events::keys {

std::string rules(std::string_view account);
std::string rule(std::string_view account, std::string_view name);
std::string connections();  // of every account
std::string connections(std::string_view account);
std::string connection(std::string_view account, std::string_view name);
std::string destinations(std::string_view account);
std::string destination(std::string_view account, std::string_view name);
std::string tokens();  // of every connection
std::string token(std::string_view connection_id);
std::string channels();  // of every account
std::string channels(std::string_view account);
std::string channel(std::string_view account, std::string_view name);
std::string tickets(std::string_view account, std::string_view subject);
std::string ticket(std::string_view account, std::string_view subject, std::string_view entry);

}  // namespace weir::events::keys
